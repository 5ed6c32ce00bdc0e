"""What a person wants to be stored, read from what they wrote; and what cannot be read."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from indicators.models import Observation
from portal.common.partial_dates import parse_period, validate_period

TEXTS = ("source", "note_sl", "note_en")
_YES, _NO = {"yes", "da", "true", "1"}, {"no", "ne", "false", "0", ""}
_LIKE_A_PERIOD = re.compile(r"\d{4}-(Q\d|\d\d(-\d\d)?)", re.ASCII)
_MORE_THAN_ONE = re.compile(r"[\s,;/|+&]")


@dataclass(frozen=True)
class Entry:
    """A value for a period of an indicator.

    ``text`` is the value as it was written. ``provisional`` None and ``texts`` left out mean: as
    it is stored, or not at all. ``row`` counts rows of a file from 1; in the grid ``cell`` is the
    name of the box and ``seen`` the ``state_of`` the stored value when the grid was opened.
    ``is_sample`` says that an export marked it as sample data.
    """

    code: str
    period: str
    text: str
    value: Decimal
    provisional: bool | None = None
    texts: dict[str, str] = field(default_factory=dict)
    row: int = 0
    cell: str = ""
    seen: str | None = None
    is_sample: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"value": str(self.value)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**data | {"value": Decimal(data["value"])})


@dataclass(frozen=True)
class Fault:
    """Why a value cannot be stored, and where it was written: a row and column, or a cell."""

    message: str
    row: int = 0
    column: str = ""
    code: str = ""
    period: str = ""
    cell: str = ""

    @classmethod
    def of(cls, entry: Entry, message: str, column: str = "") -> Self:
        return cls(message, entry.row, column, entry.code, entry.period, entry.cell)


class Reader:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, place: Fault):
        self.place = place
        self.faults: list[Fault] = []

    def read(self, column: str, reader: Callable[..., Any], *arguments: Any) -> Any:
        """Return ``reader(*arguments)``, or None after noting its objection."""
        try:
            return reader(*arguments)
        except ValidationError as error:
            self.object(error.messages[0], column)
            return None

    def object(self, message: str, column: str = "") -> None:
        self.faults.append(replace(self.place, message=message, column=column))


def state_of(observation: Observation | None) -> str:
    """Write down value and mark of a stored value, so that a change of either shows."""
    if observation is None:
        return ""
    return f"{observation.value.normalize():f}{'~' if observation.provisional else ''}"


def read_code(text: str) -> str:
    if not text:
        raise ValidationError(_("This row has no code."))
    if _MORE_THAN_ONE.search(text):
        raise ValidationError(_("Write one code in a row; “%(text)s” is more.") % {"text": text})
    return text


def read_period(text: str) -> str:
    """Return a period that exists: ``2024``, ``2024-Q3``, ``2024-09`` or ``2024-09-30``."""
    if _LIKE_A_PERIOD.fullmatch(text):
        try:
            parse_period(text)
        except ValueError:
            message = _("“%(text)s” is not in the calendar.") % {"text": text}
            raise ValidationError(message) from None
    validate_period(text)
    return text


def read_yes_or_no(text: str) -> bool:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise ValidationError(_("Write “yes” or “no” (“da” or “ne”)."))


def read_text(text: str) -> str:
    """Return a text as the forms of the administration keep it."""
    if "\0" in text:
        raise ValidationError(_("Null characters are not allowed."))
    return plain_lines(text)


def plain_lines(text: str | None) -> str:
    """Leave out blanks around a text; a line ends in one way, which files do not keep."""
    return "\n".join((text or "").strip().splitlines())
