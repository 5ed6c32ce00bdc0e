"""When a record was last confirmed, for readers; and the way to confirm it, for staff."""

from datetime import datetime

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from portal.common.languages import active_language, other_languages

from ..freshness.records import SUBJECTS, freshness_of, with_freshness, with_last_words

register = template.Library()


@register.inclusion_tag("components/freshness.html")
def freshness(record: Model, at: datetime | None = None) -> dict:
    """Say when ``record`` was last confirmed and when its next update is due, as of ``at`` (now).

    On a page of its own this asks once; in a list load the rows ``with_freshness``.
    """
    if not hasattr(record, "counts_from"):
        rows = with_freshness(type(record).objects.all(), at)
        record = with_last_words(rows, at).get(pk=record.pk)
    found, on = freshness_of(record), timezone.localdate(at)
    words = last_words(record) if found.confirmed_on else {}
    return {"freshness": found, "is_overdue": found.is_overdue(on), **words}


def last_words(record: Model) -> dict[str, str]:
    """Return the sentence of the last confirmation and its language, if that was the last sign."""
    if getattr(record, "said_on", None) != record.confirmed_on:
        return {}
    for language in (active_language(), *other_languages()):
        if sentence := getattr(record, f"said_{language}"):
            return {"sentence": sentence, "language": language}
    return {}


@register.simple_tag
def confirm_url(record: Model | None) -> str:
    """Return the page on which staff confirm that nothing has changed, ``""`` for other records."""
    kind = record._meta.model_name if isinstance(record, Model) else ""
    if SUBJECTS.get(kind) is not type(record) or record.pk is None:
        return ""
    return reverse("admin:confirm", args=[kind, record.pk])
