"""How one record of the file becomes one row: compared, written through the service, counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _

from portal.common.languages import LANGUAGES
from portal.common.models import AuditEntry
from portal.common.services import save_record, set_links
from portal.common.slugs import slug_of
from portal.common.states import Publication
from portal.content.context import Record
from portal.content.faults import Fault, StrategyFileError, quoted
from portal.content.loader.tally import Tally
from portal.content.wording import tidy

Columns = dict[str, Any]


@dataclass
class Loading:
    """One load: who asked for it, what it did, and which addresses are taken."""

    by: Model | None = None
    tally: Tally = field(default_factory=Tally)
    # {(scope, language): slugs}; a scope is a model, or a model and the key of its parent.
    taken: dict[tuple, set[str]] = field(default_factory=lambda: defaultdict(set))
    # {model: {key: what became of the record}} of all that the file names.
    outcomes: dict[type[Model], dict[int, str]] = field(default_factory=lambda: defaultdict(dict))

    def put(self, record: Model, columns: Columns, entry: Record) -> Model:
        """Give `record` the values that the file states; write it only if that changes anything.

        Raises StrategyFileError, with the place in the file, when the record breaks a rule.
        """
        created = record._state.adding
        if created and hasattr(record, "publication"):
            columns = {"publication": Publication.PUBLISHED, **columns}
        changed = [name for name, value in columns.items() if not _same(record, name, value)]
        for name in changed:
            setattr(record, name, columns[name])
        if created or changed:
            self._save(record, entry)
        outcome = "created" if created else "changed" if changed else "unchanged"
        self.tally.note(type(record), outcome)
        self.outcomes[type(record)][record.pk] = outcome
        return record

    def link(self, record: Model, name: str, others: Iterable[Model]) -> None:
        """Add what the file links to; links that editors have made stay."""
        known = {other.pk for other in getattr(record, name).all()}
        missing = [other for other in others if other.pk not in known]
        if missing:
            targets, source = [*getattr(record, name).all(), *missing], AuditEntry.Source.LOAD
            set_links(record=record, name=name, targets=targets, by=self.by, source=source)
            self._count_as_changed(record)

    def _count_as_changed(self, record: Model) -> None:
        outcomes = self.outcomes[type(record)]
        if outcomes[record.pk] == "unchanged":
            outcomes[record.pk] = "changed"
            self.tally.note(type(record), "unchanged", -1)
            self.tally.note(type(record), "changed")

    def keep(self, record: Model) -> None:
        """Count a record that the file names and the load may not touch."""
        self.tally.note(type(record), "unchanged")
        self.outcomes[type(record)][record.pk] = "unchanged"

    def reserve(self, scope: Any, slugs: dict[str, str] | None) -> None:
        for language, slug in (slugs or {}).items():
            self.taken[scope, language].add(slug)

    def reserve_row(self, scope: Any, record: Model) -> None:
        """Keep the addresses that a record has, and those it had: old links stay true."""
        for language in LANGUAGES:
            self.taken[scope, language].add(getattr(record, f"slug_{language}") or "")
        for former in record.old_slugs.all():
            self.taken[scope, former.language].add(former.slug)

    def slugs(self, record: Model, entry: Record, titles: str, scope: Any) -> Columns:
        """The addresses of a record: those of the file; else what it has; else from its title."""
        given = entry.get("slug", {})
        columns = {f"slug_{language}": slug for language, slug in given.items()}
        for language, title in entry.get(titles, {}).items():
            if language not in given and not getattr(record, f"slug_{language}"):
                taken = self.taken[scope, language]
                slug = slug_of(title, code=entry.get("code", ""), taken=taken)
                taken.add(slug)
                columns[f"slug_{language}"] = slug
        return columns

    def count_left(self, model: type[Model], rows: Iterable[Model]) -> None:
        left = {row.pk for row in rows} - self.outcomes[model].keys()
        self.tally.note(model, "left", len(left))

    def _save(self, record: Model, entry: Record) -> None:
        try:
            save_record(record=record, by=self.by, source=AuditEntry.Source.LOAD)
        except ValidationError as error:
            raise _as_file_error(error, entry) from error
        except IntegrityError as error:
            message = _("The database refuses this entry: %(reason)s.")
            raise _file_error([message % {"reason": error}], entry) from error


def _same(record: Model, name: str, value: Any) -> bool:
    field = record._meta.get_field(name)
    stored = getattr(record, field.attname)
    if field.is_relation:
        return stored == (value.pk if value is not None else None)
    if isinstance(stored, str) and isinstance(value, str):
        return tidy(stored) == value
    return stored == value


def _as_file_error(error: ValidationError, entry: Record) -> StrategyFileError:
    messages = []
    for name, texts in error.message_dict.items():
        prefix = "" if name == NON_FIELD_ERRORS else f"{quoted(name)}: "
        messages += [prefix + text for text in texts]
    return _file_error(messages, entry)


def _file_error(messages: list[str], entry: Record) -> StrategyFileError:
    place = entry.place
    return StrategyFileError(Fault(place.line, place.path, message) for message in messages)
