"""A comparison of two days as a table for a file: one row per change."""

from collections.abc import Iterator

from django.db.models import Model
from django.utils import timezone

from indicators.models import Override

from .comparison import Comparison, Moved
from .value_changes import Change

HEADERS = (
    *("kind", "level", "code", "title_sl", "title_en", "what", "before", "after"),
    *("on", "note_sl", "note_en", "sample"),
)


def brief_rows(comparison: Comparison) -> Iterator[dict[str, object]]:
    """Rows by the names of ``HEADERS``: states and reasons are codes, money is whole cents."""
    for kind, by_level in (("moved", comparison.moved), ("begun", comparison.begun)):
        for rows in by_level.values():
            yield from (_moved(kind, row) for row in rows)
    yield from map(_value, comparison.values)
    for report in comparison.reports:
        row = _row("report", report.measure or report.project, sample=report.is_sample)
        yield row | {"on": report.date, "note_sl": report.text_sl, "note_en": report.text_en}
    for override in comparison.overrides_set:
        yield _override("override_set", override) | {"on": override.starts_on}
    for override, day in comparison.overrides_ended:
        yield _override("override_ended", override) | {"on": day}
    for change in comparison.money:
        row = _row("money", change.record, sample=change.line.is_sample)
        what = " ".join(filter(None, (str(change.line.year), change.line.source, change.column)))
        yield row | {"what": what, "before": change.before, "after": change.after}


def cells(row: dict[str, object]) -> list[object]:
    return [row.get(name) for name in HEADERS]


def _row(kind: str, record: Model, *, sample: bool) -> dict[str, object]:
    field = "name" if record._meta.model_name == "indicator" else "title"
    return {
        "kind": kind,
        "level": record._meta.model_name,
        "code": getattr(record, "code", ""),
        "title_sl": getattr(record, f"{field}_sl"),
        "title_en": getattr(record, f"{field}_en"),
        "sample": "yes" if sample else "",
    }


def _moved(kind: str, moved: Moved) -> dict[str, object]:
    since = timezone.localdate(moved.assessment.valid_from)
    row = _row(kind, moved.record, sample=moved.assessment.is_sample)
    states = {"before": moved.before and moved.before.value, "after": moved.after.value}
    return row | states | {"what": moved.assessment.reason, "on": since}


def _value(change: Change) -> dict[str, object]:
    row = _row(change.kind, change.known.indicator, sample=change.is_sample)
    before, after = (value and value.value for value in (change.before, change.after))
    on = timezone.localdate(change.known.at)
    return row | {"what": change.known.period, "before": before, "after": after, "on": on}


def _override(kind: str, override: Override) -> dict[str, object]:
    row = _row(kind, override.subject, sample=override.is_sample)
    notes = {"note_sl": override.reason_sl, "note_en": override.reason_en}
    return row | notes | {"what": override.name, "after": override.state}
