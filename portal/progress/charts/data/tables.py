"""The tables below the pictures, and of the files: what one sees, as numbers and days."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.calculations.types import Aim

from ...words import OUTCOMES, amount
from ..figures import Bounds, Cell, Event, Knot, Period, Row, Table, Turn, Value


def course_table(
    measured: Sequence[Value], shown: Sequence[Value], path: Sequence[Knot], bounds: Bounds | None
) -> Table:
    """Values, with the sum so far where they add up, and the targets, all in the order of time."""
    totals = {value.period: value.value for value in shown} if shown != measured else {}
    rows: list[tuple[date, Row]] = []
    for value in measured:
        cells: list[Cell] = [Period(value.period), _("value"), value.value]
        cells += [totals.get(value.period)] if totals else []
        rows.append((value.end, Row((*cells, _remarks(value)), value.is_sample)))
    for knot in path:
        what = _("target") if knot.is_target else _("start of the path")
        rows.append((knot.day, Row((knot.day, what, knot.value, *[None] * bool(totals), ""))))
    columns = [_("Date"), _("What"), _("Value"), *[_("Sum so far")] * bool(totals), _("Remarks")]
    ordered = [row for _day, row in sorted(rows, key=lambda row: row[0])]
    limits = [Row(("", name, side, *[None] * bool(totals), "")) for name, side in _sides(bounds)]
    return Table(tuple(columns), (*ordered, *limits))


def _sides(bounds: Bounds | None) -> list[tuple[str, Cell]]:
    if bounds is None:
        return []
    sides = [(_("lower limit"), bounds.low), (_("upper limit"), bounds.high)]
    return [(name, side) for name, side in sides if side is not None]


def _remarks(value: Value | Turn) -> str:
    remarks = []
    if value.provisional:
        remarks.append(pgettext("chart", "provisional"))
    if value.revised:
        remarks.append(pgettext("chart", "corrected"))
    return ", ".join(remarks)


def turn_table(turns: Sequence[Turn], is_sample: bool, aim: Aim | None = None) -> Table:
    """Periods with their outcome; with their target where a number is promised."""
    target = [amount(aim.operator, aim.value, aim.high)] if aim else []
    columns = (
        _("Period"),
        _("Value"),
        *[_("Target")] * bool(target),
        _("Outcome"),
        _("Due by"),
        _("Remarks"),
    )
    rows = [
        Row(
            (
                turn.label,
                turn.value,
                *target,
                str(OUTCOMES[turn.outcome.value]),
                turn.due_on,
                _remarks(turn),
            ),
            is_sample and turn.value is not None,
        )
        for turn in turns
    ]
    return Table(columns, tuple(rows))


def event_table(events: Sequence[Event]) -> Table:
    columns = (_("Milestone"), _("Due by"), _("Done on"))
    rows = [Row((event.title, event.due_on, event.done_on), event.is_sample) for event in events]
    return Table(columns, tuple(rows))
