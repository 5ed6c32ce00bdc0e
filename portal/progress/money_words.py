"""Sums of money in words of the page's language: to the cent, or rounded for an overview.

Rounding: every amount for itself, half up, to whole units; so rounded parts may differ from a
rounded sum, which the page says. An amount above zero is never shown as zero.
"""

from collections.abc import Iterable
from enum import IntEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.common.wording import euros, number

from .money import Amount


class Unit(IntEnum):
    """What an overview counts in; the value is its size in cents."""

    EURO = 100
    THOUSAND = 100_000
    MILLION = 100_000_000

    @property
    def label(self) -> str:
        return {
            Unit.EURO: _("in euros"),
            Unit.THOUSAND: _("in thousands of euros"),
            Unit.MILLION: _("in millions of euros"),
        }[self]


def unit_for(amounts: Iterable[Amount]) -> Unit:
    """Return the unit in which the largest amount has no more than six digits."""
    largest = max((amount.cents for amount in amounts), default=0)
    return next((unit for unit in Unit if largest < unit * 1_000_000), Unit.MILLION)


def exact(amount: Amount) -> str:
    """Write a sum to the cent, or say that it is unknown or only in part known."""
    return _with_doubt(amount, euros(amount.cents))


def rounded(amount: Amount, unit: Unit) -> str:
    """The same in whole units."""
    whole = (2 * amount.cents + unit) // (2 * unit)
    if amount.cents and not whole:
        return _with_doubt(amount, pgettext("money", "less than 1"))
    return _with_doubt(amount, number(whole))


def _with_doubt(amount: Amount, written: str) -> str:
    if not amount.lines:
        return "–"
    if not amount.is_known:
        return pgettext("money", "unknown")
    if amount.unknown:
        return _("at least %(sum)s") % {"sum": written}
    return written


def doubt(amount: Amount) -> str:
    """Say how many lines lack in a sum; ``""`` if none does or nothing at all is known."""
    if not amount.unknown or not amount.is_known:
        return ""
    return ngettext(
        "%(unknown)s of %(lines)s line unknown",
        "%(unknown)s of %(lines)s lines unknown",
        amount.lines,
    ) % {"unknown": amount.unknown, "lines": amount.lines}
