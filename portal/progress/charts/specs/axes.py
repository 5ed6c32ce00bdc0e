"""Ticks at round numbers and at the turns of years and months, written in the page's language."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format

from portal.common.wording import number

STEPS = (1, 2, 3, 5, 10, 20, 25, 50, 100)
LETTER = 6.6  # pixels of a letter or digit on average


def breadth(text: str) -> float:
    """Estimate how many pixels a label takes."""
    return LETTER * len(text)


def start_of(day: date) -> int:
    """Return the place of the beginning of a day."""
    return day.toordinal()


def end_of(day: date) -> int:
    """Return the place of the end of a day."""
    return day.toordinal() + 1


@dataclass(frozen=True)
class TimeAxis:
    """Whole days from the beginning of ``first`` to the end of ``last``; places are days."""

    first: date
    last: date
    labels: tuple[tuple[float, str], ...]
    lines: tuple[int, ...]

    @property
    def domain(self) -> list[int]:
        return [start_of(self.first), end_of(self.last)]

    def share(self, place: float) -> float:
        """Return where a place lies between the ends, 0 to 1."""
        low, high = self.domain
        return (place - low) / (high - low)


def time_axis(first: date, last: date, width: float, *, at_ends: bool = False) -> TimeAxis:
    """Lay out time from ``first`` to ``last`` on so many pixels.

    Up to a year and a half in months, else in years. A year's name stands in its middle or,
    ``at_ends``, where it ends: there are the points of values that speak for whole years.
    """
    if (last - first).days <= 550 and not at_ends:
        return _months(first, last, width)
    first, last = date(first.year, 1, 1), date(last.year, 12, 31)
    years = list(range(first.year, last.year + 1))
    step = _step(len(years), width, 40)
    labels = [
        (float(end_of(date(year, 12, 31))) if at_ends else start_of(date(year, 7, 2)), str(year))
        for year in years
        if (years[-1] - year) % step == 0
    ]
    edges = [date(year, 12, 31) for year in years] if at_ends else []
    lines = [end_of(day) for day in edges] or [start_of(date(year, 1, 1)) for year in years]
    return TimeAxis(first, last, tuple(labels), tuple(lines))


def _months(first: date, last: date, width: float) -> TimeAxis:
    first = first.replace(day=1)
    last = _next_month(last) - timedelta(days=1)
    months = [first]
    while (following := _next_month(months[-1])) <= last:
        months.append(following)
    step = _step(len(months), width, 56)
    labels = [
        (float(start_of(month)) + 15, _month_name(month, number == 0 or month.month <= step))
        for number, month in enumerate(months)
        if number % step == 0
    ]
    return TimeAxis(first, last, tuple(labels), tuple(start_of(month) for month in months[::step]))


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _month_name(month: date, with_year: bool) -> str:
    return f"{month_short(month)} {month.year}" if with_year else month_short(month)


def month_short(month: date) -> str:
    """Return the first three letters of a month's name, as both languages shorten it."""
    return date_format(month, "F")[:3]


def _step(count: int, width: float, pixels: float) -> int:
    """Return every how many of ``count`` things there is room for one of so many pixels."""
    return next((step for step in STEPS if count / step * pixels <= width), count)


@dataclass(frozen=True)
class NumberAxis:
    ticks: tuple[Decimal, ...]

    @property
    def domain(self) -> list[float]:
        return [float(self.ticks[0]), float(self.ticks[-1])]

    @property
    def labels(self) -> tuple[tuple[float, str], ...]:
        return tuple((float(tick), number(tick)) for tick in self.ticks)

    @property
    def breadth(self) -> float:
        return max(breadth(label) for _place, label in self.labels)

    def share(self, value: Decimal) -> float:
        """Return where a value lies between the ends, 0 to 1."""
        low, high = self.domain
        return (float(value) - low) / (high - low)


def number_axis(values: list[Decimal], *, whole: bool = False) -> NumberAxis:
    """Lay out about five round numbers around ``values``, zero among them unless it is far off."""
    low, high = min(values), max(values)
    if low > 0 and (low < high * Decimal("0.6") or low == high):
        low = Decimal(0)
    if high < 0 and (high > low * Decimal("0.6") or low == high):
        high = Decimal(0)
    if low == high:
        high = low + 1
    step = _round_step((high - low) / 4)
    if whole:
        step = max(step, Decimal(1))
    first = (low / step).to_integral_value("ROUND_FLOOR")
    last = (high / step).to_integral_value("ROUND_CEILING")
    return NumberAxis(tuple(step * place for place in range(int(first), int(last) + 1)))


def _round_step(least: Decimal) -> Decimal:
    """Return the next 1, 2, 2.5, 5 or 10 times a power of ten."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(
        power * Decimal(factor)
        for factor in ("1", "2", "2.5", "5", "10")
        if power * Decimal(factor) >= least
    )


def axis(labels: tuple[tuple[float, str], ...], **properties) -> dict:
    """Return an axis that shows these labels at these places and nothing else."""
    names = {f"{place:.10g}": text for place, text in labels}
    expression = f"({json.dumps(names, ensure_ascii=False)})[toString(datum.value)]"
    return {"values": [place for place, _text in labels], "labelExpr": expression, **properties}
