"""What would change if entries were stored, and what would be refused. Nothing is written here."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.models import Indicator, Observation
from portal.common.translations import translated_fields

from .entry import TEXTS, Entry, Fault, plain_lines, state_of
from .number import Convention, write_number

UNCHECKED = {"indicator", *translated_fields(Observation)}


@dataclass(frozen=True)
class Change:
    """An entry beside what is stored: ``before`` is None for a new value."""

    entry: Entry
    before: Observation | None
    after: Observation

    @property
    def kind(self) -> str:
        if self.before is None:
            return "new"
        return "unchanged" if _state(self.before) == _state(self.after) else "changed"


@dataclass(frozen=True)
class Plan:
    changes: list[Change]
    faults: list[Fault]

    @cached_property
    def to_write(self) -> list[Change]:
        return [change for change in self.changes if change.kind != "unchanged"]

    @property
    def digest(self) -> str:
        """What tells this plan from one made when something else was stored."""
        told = [
            [c.after.indicator_id, c.after.period, c.before and _state(c.before), _state(c.after)]
            for c in self.changes
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.changes)


def make_plan(
    entries: Sequence[Entry], *, user, convention: Convention, lock: bool = False
) -> Plan:
    """Compare ``entries`` with what is stored, in two queries.

    With ``lock`` nobody changes the stored values before the transaction ends.
    """
    indicators = {i.code: i for i in Indicator.objects.open_to(user).with_codes(_codes(entries))}
    stored = Observation.objects.of(indicators.values(), {entry.period for entry in entries})
    if lock:
        stored = stored.select_for_update(of=("self",))
    known = {(observation.indicator_id, observation.period): observation for observation in stored}
    changes, faults, rows = [], [], {}
    for entry in entries:
        try:
            indicator = _find(indicators, entry)
            _once(rows, entry)
            before = known.get((indicator.pk, entry.period))
            _as_seen(entry, before, convention)
            changes.append(_change(entry, indicator, before))
        except ValidationError as error:
            faults += _faults(entry, error)
    return Plan(changes, faults)


def _codes(entries: Iterable[Entry]) -> set[str]:
    return {entry.code for entry in entries}


def _find(indicators: dict[str, Indicator], entry: Entry) -> Indicator:
    """What belongs to others is answered like what does not exist."""
    if entry.code not in indicators:
        text = _("You cannot edit any indicator with the code “%(code)s”.") % {"code": entry.code}
        raise ValidationError({"code": text})
    return indicators[entry.code]


def _once(rows: dict[tuple[str, str], int], entry: Entry) -> None:
    first = rows.setdefault((entry.code, entry.period), entry.row)
    if first != entry.row:
        text = _("The value of this indicator for this period stands in row %(row)d already.")
        raise ValidationError({"period": text % {"row": first}})


def _as_seen(entry: Entry, before: Observation | None, convention: Convention) -> None:
    """Refuse to write over what somebody else has stored since the grid was opened."""
    if entry.seen in (None, state_of(before)):
        return
    text = _(
        "Somebody has changed this value since you opened the grid: now it is %(now)s, you wrote "
        "%(yours)s. Nothing was stored."
    )
    raise ValidationError(text % {"now": _words(before, convention), "yours": entry.text})


def _words(observation: Observation | None, convention: Convention) -> str:
    if observation is None:
        return pgettext("observation", "empty")
    mark = "~" if observation.provisional else ""
    return f"{write_number(observation.value, convention)}{mark}"


def _change(entry: Entry, indicator: Indicator, before: Observation | None) -> Change:
    """Return the change that ``entry`` asks for. Raises ``ValidationError`` if it breaks a rule."""
    after = copy(before) if before else Observation(indicator=indicator, period=entry.period)
    after.indicator, after.value = indicator, entry.value
    if entry.provisional is not None:
        after.provisional = entry.provisional
    for name, text in entry.texts.items():
        if plain_lines(getattr(after, name)) != text:
            setattr(after, name, text)
    change = Change(entry, before, after)
    if entry.is_sample and (change.kind != "unchanged" or not after.is_sample):
        text = _("Sample data is not imported; take this row out.")
        raise ValidationError({"sample": text})
    if change.kind != "unchanged":
        after.clean_fields(exclude=UNCHECKED)
        after.clean()
    return change


def _state(observation: Observation) -> list[str]:
    """Everything that an entry can change."""
    return [state_of(observation), *(getattr(observation, name) or "" for name in TEXTS)]


def _faults(entry: Entry, error: ValidationError) -> list[Fault]:
    if not hasattr(error, "error_dict"):
        return [Fault.of(entry, message) for message in error.messages]
    return [
        Fault.of(entry, message, column)
        for column, messages in error.message_dict.items()
        for message in messages
    ]
