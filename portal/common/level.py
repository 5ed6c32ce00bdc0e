"""What the pages of a goal, an objective, a measure, a project and an indicator have in common."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from .history import history_of
from .languages import active_language, other_languages, text_in
from .moment import Moment
from .neighbours import neighbours
from .pages import crumb
from .query import PARAMETERS

# The field that opens the page of each level.
LEADS = {
    "goal": "summary",
    "objective": "summary",
    "measure": "description",
    "project": "summary",
}


def level_context(
    *,
    record: Model,
    level: str,
    kind: str,
    crumbs: Sequence[dict[str, str]],
    siblings: Sequence[Model],
    moment: Moment | None = None,
) -> dict[str, Any]:
    """Return the context that ``level.html`` needs on every level.

    ``level`` is the word of the markup (``goal``), ``kind`` the word for readers; the last of
    ``crumbs`` is the record above this one. ``moment`` is what the page is asked to show, None
    where a level has no progress that could be shown as of a day.
    """
    before, after = neighbours(siblings, record)
    return {
        "record": record,
        "title": _title_of(record),
        "lead": text_in(record, LEADS[level]) if level in LEADS else "",
        "lead_field": LEADS.get(level, ""),
        "source": source_of(record),
        "level": level,
        "kind": kind,
        "crumbs": crumbs,
        "parent": crumbs[-1],
        "previous": crumb(before) if before else None,
        "next": crumb(after) if after else None,
        "history": history_of(record),
        "moment": moment,
        "on_name": str(PARAMETERS["on"]),
    }


def _title_of(record: Model) -> dict[str, str]:
    """Return the title and its language: a draft's page may have to show it in the other one."""
    field = "name" if hasattr(record, "name_sl") else "title"
    for language in (active_language(), *other_languages()):
        if text := text_in(record, field, language):
            return {"text": text, "language": language}
    return {"text": record.pk, "language": active_language()}


def source_of(record: Model) -> str:
    """Return where the record, or else the nearest one above it, has been published; or ``""``."""
    while record is not None:
        if source := getattr(record, "source", ""):
            return source
        above = (getattr(record, name, None) for name in ("parent", *record.public_parents))
        record = next((parent for parent in above if hasattr(parent, "public_parents")), None)
    return ""


def missing_sentence(
    things: Iterable[str], *, deliverer: str, by: str = "", is_past: bool = False
) -> str:
    """Say in one place what is not published, who is to publish it and by when; ``""`` if nothing.

    ``things`` are nouns, ``deliverer`` a name, ``by`` a date in words that ``is_past`` or not.
    """
    things = [str(thing) for thing in things]
    if not things:
        return ""
    listed = get_text_list(things, _("and"))
    sentences = [
        _("Not published yet: %(things)s.") % {"things": listed},
        _("To be published by: %(who)s.") % {"who": deliverer},
    ]
    if is_past:
        sentences.append(_("The deadline has passed (%(by)s).") % {"by": by})
    elif by:
        sentences.append(_("Due %(by)s.") % {"by": by})
    else:
        sentences.append(_("The deadline has not been published."))
    return " ".join(sentences)


def next_target(indicators: Iterable[Model], today: date) -> tuple[Model, Model] | None:
    """Return the next target that falls due and its indicator, or None."""
    upcoming = [
        (target.due_on, indicator.code_sort, indicator, target)
        for indicator in indicators
        for target in indicator.targets.all()
        if target.due_on and target.due_on >= today
    ]
    if not upcoming:
        return None
    _due, _order, indicator, target = min(upcoming, key=lambda item: item[:2])
    return indicator, target
