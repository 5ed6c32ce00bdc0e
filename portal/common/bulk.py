"""Writing many records at once: by the same rules, with the same history and consequences."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import override

from .models import AuditEntry
from .services import check, compared, history_line, stored_rows
from .translations import translated_fields

BATCH = 500
Written = list[tuple[models.Model, dict[str, list[str | None]]]]


@transaction.atomic
def save_records(
    *,
    records: Sequence[models.Model],
    by: models.Model | None,
    source: AuditEntry.Source = AuditEntry.Source.ADMIN,
    at: datetime | None = None,
) -> list[AuditEntry]:
    """Do what ``save_record`` does for ``records`` of one model, in a few queries for all of them.

    For models without addresses that say in ``after_writes(written, at=...)`` what follows. Returns
    the lines of history, none for a record that has not changed. Raises ``ValidationError`` when a
    record breaks a rule, and ``IntegrityError`` for rules that only the database can tell.
    """
    if not records:
        return []
    model, at = type(records[0]), at or timezone.now()
    for record in records:
        check(record, ask_database=False)
    with override(settings.LANGUAGE_CODE):
        stored = stored_rows(model, [record.pk for record in records if record.pk])
        pairs = [(record, compared(record, stored.get(record.pk, {}))) for record in records]
        new = [pair for pair in pairs if pair[0]._state.adding]
        changed = [pair for pair in pairs if not pair[0]._state.adding and pair[1]]
        model._base_manager.bulk_create([record for record, _changes in new], batch_size=BATCH)
        _update(model, changed, at)
        entries = [
            history_line(record, action=action, changes=changes, by=by, source=source, at=at)
            for action, written in (("created", new), ("changed", changed))
            for record, changes in written
        ]
        model.after_writes(new + changed, at=at)
        return AuditEntry.objects.bulk_create(entries, batch_size=BATCH)


def _update(model: type[models.Model], changed: Written, at: datetime) -> None:
    """Write the columns that change, and those that mirror them or tell when."""
    if not changed:
        return
    columns = {column for _record, changes in changed for column in changes}
    mirrors = {name for name in translated_fields(model) if f"{name}_sl" in columns}
    fields = {f.name for f in model._meta.concrete_fields if f.attname in columns} | mirrors
    records = [record for record, _changes in changed]
    if any(field.name == "updated_at" for field in model._meta.concrete_fields):
        fields.add("updated_at")
        for record in records:
            record.updated_at = at
    model._base_manager.bulk_update(records, fields, batch_size=BATCH)
