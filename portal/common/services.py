"""The one way to write a record: checked, with its history, in one transaction."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import override

from .languages import LANGUAGES
from .models import AuditEntry, Slugged
from .slugs import slug_of
from .translations import translated_fields

_SILENT = {"id", "created_at", "updated_at", "code_sort", "is_sample", "recorded_at"}


def audited_columns(model: type[models.Model]) -> list[str]:
    """Return the columns whose changes are worth telling; bare translated columns only mirror."""
    columns = {field.attname for field in model._meta.concrete_fields} - _SILENT
    mirrors = {name for name in columns if f"{name}_{LANGUAGES[0]}" in columns}
    secret = {"password", "last_login"}
    return sorted(columns - mirrors - secret)


def differences(record: models.Model) -> dict[str, list[str | None]]:
    """Return ``{column: [stored, new]}`` of everything that saving ``record`` would change.

    Nobody else changes the stored row until the transaction ends. What only services write
    (``kept_by_services`` of the model) is taken over from it: the record may have been read before
    somebody else saved.
    """
    stored = stored_rows(type(record), [record.pk] if record.pk else []).get(record.pk, {})
    return compared(record, stored)


def stored_rows(model: type[models.Model], keys: list[Any]) -> dict[Any, dict[str, Any]]:
    """Return the audited columns of rows by key, and lock them."""
    if not keys:
        return {}
    kept = getattr(model, "kept_by_services", ())
    rows = model._base_manager.select_for_update().filter(pk__in=keys)
    return {row["pk"]: row for row in rows.values("pk", *audited_columns(model), *kept)}


def compared(record: models.Model, stored: dict[str, Any]) -> dict[str, list[str | None]]:
    """Return ``{column: [stored, new]}`` where ``record`` differs from the ``stored`` columns."""
    for name in getattr(record, "kept_by_services", ()) if stored else ():
        setattr(record, name, stored[name])
    changes = {}
    for column in audited_columns(type(record)):
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
    if isinstance(value, datetime) and is_aware(value):
        value = value.astimezone(UTC)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@transaction.atomic
def save_record(
    *,
    record: models.Model,
    by: models.Model | None,
    source: AuditEntry.Source = AuditEntry.Source.ADMIN,
    at: datetime | None = None,
) -> AuditEntry | None:
    """Check and save ``record``, keep its former addresses and write its history.

    What follows from the change is done by the record's own ``after_write``, if it has one, in the
    same transaction. ``at`` is the moment of the change, now by default.

    Returns the history entry, or None when nothing had changed (then nothing is written).
    Raises ``ValidationError`` when the record breaks a rule.
    """
    check(record)
    with override(settings.LANGUAGE_CODE):
        created = record._state.adding
        changes = differences(record)
        if not changes and not created:
            return None
        record.save()
        if isinstance(record, Slugged) and hasattr(record, "old_slugs") and not created:
            _keep_former_slugs(record, changes)
        action = AuditEntry.Action.CREATED if created else AuditEntry.Action.CHANGED
        at = at or timezone.now()
        entry = remember(record=record, action=action, changes=changes, by=by, source=source, at=at)
        _tell(record, changes, at)
        return entry


def _tell(
    record: models.Model,
    changes: dict[str, list[str | None]],
    at: datetime,
    *,
    deleted: bool = False,
) -> None:
    """Let ``record`` see to what follows from its change, if its model has anything to do."""
    if hasattr(record, "after_write"):
        record.after_write(changes=changes, at=at, deleted=deleted)


def check(record: models.Model, *, ask_database: bool = True) -> None:
    """Apply every rule to ``record``; the original language decides whether a text is there.

    What is wrong is said in the language of the page. Raises ``ValidationError``. Without
    ``ask_database`` what takes a query is left to the constraints.
    """
    for column in audited_columns(type(record)):
        if "\x00" in str(getattr(record, column, "")):
            raise ValidationError(_("Null characters are not allowed."))
    mirrors = set(translated_fields(type(record)))
    with override(settings.LANGUAGE_CODE):
        others = {field.name for field in record._meta.fields} - mirrors
        record.clean_fields(exclude=others)
    if ask_database:
        record.full_clean(exclude=mirrors)
        return
    links = {field.name for field in record._meta.fields if field.is_relation}
    record.full_clean(exclude=mirrors | links, validate_unique=False, validate_constraints=False)


@transaction.atomic
def delete_record(
    *,
    record: models.Model,
    by: models.Model | None,
    source: AuditEntry.Source = AuditEntry.Source.ADMIN,
    at: datetime | None = None,
) -> None:
    """Delete ``record``, keep what it held in the history and do what follows (``after_write``)."""
    with override(settings.LANGUAGE_CODE):
        columns = audited_columns(type(record))
        if getattr(record, "is_sample", False):
            columns.append("is_sample")  # whoever looks back at it has to say so
        values = {column: _as_text(getattr(record, column)) for column in columns}
        changes = {column: [value, None] for column, value in values.items() if value is not None}
        action, at = AuditEntry.Action.DELETED, at or timezone.now()
        remember(record=record, action=action, changes=changes, by=by, source=source, at=at)
        key = record.pk
        record.delete()
        record.pk = key  # what follows may need to name it
        _tell(record, changes, at, deleted=True)
        record.pk = None


@transaction.atomic
def set_links(
    *,
    record: models.Model,
    name: str,
    targets: Iterable[models.Model],
    by: models.Model | None,
    source: AuditEntry.Source = AuditEntry.Source.ADMIN,
    at: datetime | None = None,
) -> AuditEntry | None:
    """Let the relation ``name`` of ``record`` lead to exactly ``targets`` and write its history.

    The history keeps the records' names, which outlive them. Returns None when nothing changed.
    """
    with override(settings.LANGUAGE_CODE):
        manager, wanted = getattr(record, name), list(targets)
        before, after = _names_of(manager.all()), _names_of(wanted)
        if before == after:
            return None
        manager.set(wanted)
        changes, at = {name: [before or None, after or None]}, at or timezone.now()
        action = AuditEntry.Action.CHANGED
        entry = remember(record=record, action=action, changes=changes, by=by, source=source, at=at)
        _tell(record, changes, at)
        return entry


def _names_of(records: Iterable[models.Model]) -> str:
    return "\n".join(sorted(str(record) for record in records))


def give_slugs(record: Slugged) -> None:
    """Give ``record`` an address in each language that has a title but no address yet.

    Nothing is saved. An address that a neighbour has or had is left to it, so old links stay true.
    """
    for language in LANGUAGES:
        title = getattr(record, f"title_{language}", None) or getattr(
            record, f"name_{language}", None
        )
        if title and not getattr(record, f"slug_{language}"):
            slug = slug_of(title, code=getattr(record, "code", ""), taken=_taken(record, language))
            setattr(record, f"slug_{language}", slug)


def _taken(record: Slugged, language: str) -> set[str]:
    """Return the addresses that the neighbours of ``record`` have or had in one language."""
    model, column = type(record), f"slug_{language}"
    scope = {
        field: getattr(record, model._meta.get_field(field).attname)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and column in constraint.fields
        for field in constraint.fields
        if field != column
    }
    neighbours = model._base_manager.filter(**scope).exclude(pk=record.pk)
    taken = set(neighbours.values_list(column, flat=True))
    if hasattr(model, "old_slugs"):
        former = neighbours.filter(old_slugs__language=language)
        taken |= set(former.values_list("old_slugs__slug", flat=True))
    return taken


def _keep_former_slugs(record: Slugged, changes: dict[str, list[str | None]]) -> None:
    for language in LANGUAGES:
        former, current = changes.get(f"slug_{language}", (None, None))
        if former:
            record.old_slugs.get_or_create(language=language, slug=former)
        if current:
            record.old_slugs.filter(language=language, slug=current).delete()


def remember(
    *,
    record: models.Model,
    action: AuditEntry.Action,
    changes: dict[str, list[str | None]],
    by: models.Model | None,
    source: AuditEntry.Source = AuditEntry.Source.ADMIN,
    at: datetime | None = None,
) -> AuditEntry:
    """Write one line of history about ``record``."""
    entry = history_line(record, action=action, changes=changes, by=by, source=source, at=at)
    entry.save()
    return entry


def history_line(
    record: models.Model,
    *,
    action: AuditEntry.Action,
    changes: dict[str, list[str | None]],
    by: models.Model | None,
    source: AuditEntry.Source,
    at: datetime | None,
) -> AuditEntry:
    """Return one line of history about ``record``, not saved."""
    return AuditEntry(
        at=at or timezone.now(),
        by=by,
        source=source,
        action=action,
        model=record._meta.label_lower,
        object_id=str(record.pk),
        label=str(record)[:300],
        changes=changes,
    )
