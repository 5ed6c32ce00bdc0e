"""The one way to write a record: checked, with its history, in one transaction."""

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import override

from .languages import LANGUAGES
from .models import AuditEntry, Slugged

_SILENT = {"id", "created_at", "updated_at", "code_sort"}


def audited_columns(model: type[models.Model]) -> list[str]:
    """Return the columns whose changes are worth telling; bare translated columns only mirror."""
    columns = {field.attname for field in model._meta.concrete_fields} - _SILENT
    mirrors = {name for name in columns if f"{name}_{LANGUAGES[0]}" in columns}
    secret = {"password", "last_login"}
    return sorted(columns - mirrors - secret)


def differences(record: models.Model) -> dict[str, list[str | None]]:
    """Return ``{column: [stored, new]}`` of everything that saving ``record`` would change."""
    columns = audited_columns(type(record))
    stored: dict[str, Any] = {}
    if record.pk:
        stored = type(record)._base_manager.filter(pk=record.pk).values(*columns).first() or {}
    changes = {}
    for column in columns:
        before, after = _as_text(stored.get(column)), _as_text(_clean(record, column))
        if before != after:
            changes[column] = [before, after]
    return changes


def _clean(record: models.Model, column: str) -> Any:
    """Return a column's value as the database will give it back (a date string becomes a date)."""
    field = next(f for f in record._meta.concrete_fields if f.attname == column)
    value = getattr(record, column)
    return field.to_python(value) if value not in (None, "") and not field.is_relation else value


def _as_text(value: Any) -> str | None:
    if value in (None, "", [], {}):
        return None
    if hasattr(value, "normalize"):
        return f"{value.normalize():f}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@transaction.atomic
def save_record(
    *,
    record: models.Model,
    by: models.Model | None,
    source: AuditEntry.Source = AuditEntry.Source.ADMIN,
) -> AuditEntry | None:
    """Check and save ``record``, keep its former addresses and write its history.

    Returns the history entry, or None when nothing had changed (then nothing is written).
    Raises ``ValidationError`` when the record breaks a rule.
    """
    with override(settings.LANGUAGE_CODE):
        record.full_clean()
        created = record._state.adding
        changes = differences(record)
        if not changes and not created:
            return None
        record.save()
        if isinstance(record, Slugged) and not created:
            _keep_former_slugs(record, changes)
        action = AuditEntry.Action.CREATED if created else AuditEntry.Action.CHANGED
        return _remember(record, action, changes, by, source)


@transaction.atomic
def delete_record(
    *,
    record: models.Model,
    by: models.Model | None,
    source: AuditEntry.Source = AuditEntry.Source.ADMIN,
) -> None:
    """Delete ``record`` and keep what it held in the history."""
    with override(settings.LANGUAGE_CODE):
        columns = audited_columns(type(record))
        values = {column: _as_text(getattr(record, column)) for column in columns}
        changes = {column: [value, None] for column, value in values.items() if value is not None}
        _remember(record, AuditEntry.Action.DELETED, changes, by, source)
        record.delete()


def _keep_former_slugs(record: Slugged, changes: dict[str, list[str | None]]) -> None:
    for language in LANGUAGES:
        former, current = changes.get(f"slug_{language}", (None, None))
        if former:
            record.old_slugs.get_or_create(language=language, slug=former)
        if current:
            record.old_slugs.filter(language=language, slug=current).delete()


def _remember(record, action, changes, by, source) -> AuditEntry:
    return AuditEntry.objects.create(
        by=by,
        source=source,
        action=action,
        model=record._meta.label_lower,
        object_id=str(record.pk),
        label=str(record)[:300],
        changes=changes,
    )
