"""When a record was last confirmed, for readers; and the way to confirm it, for staff."""

from datetime import datetime

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from ..freshness.records import SUBJECTS, freshness_of, last_sentence

register = template.Library()


@register.inclusion_tag("components/freshness.html")
def freshness(record: Model, at: datetime | None = None) -> dict:
    """Say when ``record`` was last confirmed and when its next update is due, as of ``at`` (now).

    On a page of its own this asks twice; in a list load the rows ``with_freshness``.
    """
    in_a_list = hasattr(record, "counts_from")
    found, on = freshness_of(record, at), timezone.localdate(at)
    said = found.confirmed_on and not in_a_list and last_sentence(record, found.confirmed_on)
    return {"freshness": found, "is_overdue": found.is_overdue(on), "confirmation": said or None}


@register.simple_tag
def confirm_url(record: Model | None) -> str:
    """Return the page on which staff confirm that nothing has changed, ``""`` for other records."""
    kind = record._meta.model_name if isinstance(record, Model) else ""
    if SUBJECTS.get(kind) is not type(record) or record.pk is None:
        return ""
    return reverse("admin:confirm", args=[kind, record.pk])
