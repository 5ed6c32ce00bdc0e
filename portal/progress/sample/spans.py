"""Periods of the calendar by name: years, quarters and months, in which the sample is told."""

from collections.abc import Iterator
from datetime import date, timedelta

from portal.common.partial_dates import PartialDate, parse_period


def quarter_of(day: date) -> PartialDate:
    return parse_period(f"{day.year}-Q{(day.month + 2) // 3}")


def month_of(day: date) -> PartialDate:
    return parse_period(f"{day:%Y-%m}")


def spans(of, first: date, last: date) -> Iterator[PartialDate]:
    """The periods (``of`` is ``quarter_of`` or ``month_of``) that begin in [first, last]."""
    span = of(first)
    if span.start < first:
        span = of(span.end + timedelta(days=1))
    while span.start <= last:
        yield span
        span = of(span.end + timedelta(days=1))


def cycles(per: str, begins: date, last: date) -> list[tuple[date, date]]:
    """The first and last days of the periods of a promise that begin in [begins, last]."""
    if per == "month":
        return [(span.start, span.end) for span in spans(month_of, begins, last)]
    length = 2 if per == "two_years" else 1
    years = range(begins.year if begins == date(begins.year, 1, 1) else begins.year + 1, 9999)
    found = []
    for year in years[::length]:
        if date(year, 1, 1) > last:
            return found
        if per != "even_year" or year % 2 == 0:
            found.append((date(year, 1, 1), date(year + length - 1, 12, 31)))
    return found
