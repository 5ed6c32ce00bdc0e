"""Decimals and days: the few operations that every rule shares."""

from dataclasses import is_dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum

# What every sum is computed in, whatever the caller's context is.
CONTEXT = Context(prec=28, rounding=ROUND_HALF_EVEN)
# Wide enough to rewrite any number of 28 digits without rounding it first.
_WIDE = Context(prec=80, rounding=ROUND_HALF_EVEN)
_PLACES = Decimal("0.000001")

ZERO, ONE = Decimal(0), Decimal(1)
# A share above this is cut to it: it says no more, and must fit a column.
MOST = Decimal(999_999)


def rounded(number: Decimal | None) -> Decimal | None:
    """Return the number as shares are stored and shown: six places, half to even."""
    return None if number is None else number.quantize(_PLACES, context=_WIDE)


def clipped(share: Decimal) -> Decimal:
    """Return the share between 0 and 1."""
    return min(max(share, ZERO), ONE)


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Return part / whole, from 0 to ``MOST``; of a whole of zero or less all or nothing."""
    if whole <= 0:
        return Decimal(part >= whole)
    return min(MOST, max(ZERO, part / whole))


def written(number: Decimal) -> str:
    """Return the shortest decimal text; equal numbers give the same: ``250.00`` is ``250``."""
    return format(number.normalize(_WIDE), "f") if number else "0"


def plain(value):
    """Return JSON of a dataclass and all within: decimals and dates become text."""
    if isinstance(value, Decimal):
        return written(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return {name: plain(item) for name, item in vars(value).items()}
    return value


def days_between(start: date, end: date) -> int:
    """Return how many days there are from start to end, both included; 0 if end comes first."""
    return max(0, (end - start).days + 1)


def later(day: date, days: int) -> date:
    """Return the day so many days later, or the last day there is."""
    return day + timedelta(days) if days <= (date.max - day).days else date.max


def elapsed(start: date, end: date, day: date) -> Decimal:
    """Return the share of the days from start to end that is over at the end of ``day``."""
    if day >= end:
        return ONE
    if day < start:
        return ZERO
    return Decimal(days_between(start, day)) / days_between(start, end)
