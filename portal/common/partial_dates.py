"""Dates known only to the month or year, kept as written: ``2023``, ``2022-04``, ``2023-03-14``."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)


@dataclass(frozen=True)
class PartialDate:
    """A span of days: ``precision`` is ``day``, ``month``, ``quarter`` or ``year``."""

    text: str
    start: date
    end: date
    precision: str


def parse_partial_date(text: str) -> PartialDate:
    """Return the first and last day meant by ``text``; ``ValueError`` if there is no such day."""
    shape = _SHAPE.fullmatch(text)
    if not shape:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in shape.groups())
    if day is not None:
        exact = date(year, month, day)
        return PartialDate(text, exact, exact, "day")
    if month is not None:
        return _months(text, year, month, month, "month")
    return _months(text, year, 1, 12, "year")


def span_or_none(text: str) -> PartialDate | None:
    """Return the days meant by ``text``, or None for an empty or faulty one."""
    try:
        return parse_partial_date(text)
    except ValueError:
        return None


def parse_period(text: str) -> PartialDate:
    """Return the days of a year, a quarter (``2024-Q3``), a month or a day; else ``ValueError``."""
    if quarter := _QUARTER.fullmatch(text):
        year, number = int(quarter[1]), int(quarter[2])
        return _months(text, year, 3 * number - 2, 3 * number, "quarter")
    return parse_partial_date(text)


def _months(text: str, year: int, first: int, last: int, precision: str) -> PartialDate:
    last_day = calendar.monthrange(year, last)[1]
    return PartialDate(text, date(year, first, 1), date(year, last, last_day), precision)


def validate_partial_date(text: str) -> None:
    try:
        parse_partial_date(text)
    except ValueError:
        message = _("Write a year, a month or a day: 2027, 2027-06 or 2027-06-30.")
        raise ValidationError(message, code="partial_date") from None


def validate_period(text: str) -> None:
    try:
        parse_period(text)
    except ValueError:
        message = _(
            "Write a year, a quarter, a month or a day: 2024, 2024-Q3, 2024-09, 2024-09-30."
        )
        raise ValidationError(message, code="period") from None
