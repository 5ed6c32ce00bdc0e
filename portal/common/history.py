"""The history of a record in plain words, for everybody to read."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from .languages import LANGUAGES
from .models import AuditEntry

# Columns that concern the work of the staff, not the promise.
_INTERNAL = {
    *("owner_id", "deputy_id", "strategy_id", "in_file", "position", "is_current", "code_sort"),
    *("due_on", "period_start", "period_end", "update_rhythm", "publish_at"),
}
SHOWN_ENTRIES = 20


@dataclass(frozen=True)
class HistoryLine:
    """What happened on a day: an action, where it came from, and which parts it changed."""

    at: datetime
    action: str
    source: str
    parts: list[str]


def history_of(record: Model) -> list[HistoryLine]:
    """Return the latest changes of ``record``, latest first; the people stay unnamed."""
    lines = []
    for entry in AuditEntry.objects.of(record)[:SHOWN_ENTRIES]:
        created = entry.action == AuditEntry.Action.CREATED
        parts = [] if created else changed_parts(type(record), entry)
        if created or parts:
            source = entry.get_source_display()
            lines.append(HistoryLine(entry.at, entry.get_action_display(), source, parts))
    return lines


def changed_parts(model: type[Model], entry: AuditEntry) -> list[str]:
    """Return the names of the changed parts, one name for both languages of a text."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names: dict[str, None] = {}
    for column in entry.changes:
        if column in _INTERNAL:
            continue
        stem, _separator, suffix = column.rpartition("_")
        field = fields.get(stem if suffix in LANGUAGES and stem in fields else column)
        if field is not None:
            names[str(field.verbose_name)] = None
    return list(names)
