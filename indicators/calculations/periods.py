"""The periods in which a promise returns: calendar months, years, pairs of years, events."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from .arithmetic import later
from .types import Inputs, Observed, Per

MONTHS = {Per.MONTH: 1, Per.YEAR: 12, Per.EVEN_YEAR: 12, Per.TWO_YEARS: 24}
# Coming periods are listed so many days ahead; a strategy may run for longer.
AHEAD = 3660
_LAST_YEAR = 9998


@dataclass(frozen=True)
class Span:
    """One period, from its first to its last day, and the last day on which it is on time."""

    label: str
    start: date
    end: date
    due_on: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def calendar_spans(inputs: Inputs, months: int, on: date, *, even: bool = False) -> list[Span]:
    """Return the periods of so many months that count, in order, with some still to come.

    A period that the first or last day of the strategy cuts does not count; only where a strategy
    begins within a year, the year in which it ends counts as well. Without a first day, periods
    count from the first that holds an observation.
    """
    last = min(inputs.ends or on, later(on, AHEAD))
    spans = [
        Span(_label(start, months), start, end, later(end, inputs.criteria.grace_days))
        for start, end in takewhile(lambda block: block[0] <= last, _blocks(inputs, months, on))
        if not even or start.year % 2 == 0
    ]
    spans = [span for span in spans if _counts(span, inputs, months)]
    return spans if inputs.begins else _from_first_observation(spans, inputs.observations, on)


def event_spans(inputs: Inputs) -> list[Span]:
    """Return one period for each event in the strategy's time: it lasts until the next event.

    The last one lasts until the last day there is.
    """
    begins, ends = inputs.begins or date.min, inputs.ends or date.max
    events = [day for day in inputs.events if begins <= day <= ends]
    last_days = [*(day - timedelta(1) for day in events[1:]), date.max]
    return [
        Span(day.isoformat(), day, last_day, later(day, inputs.criteria.grace_days))
        for day, last_day in zip(events, last_days, strict=False)
    ]


def sorted_into(spans: Sequence[Span], observations: Sequence[Observed]) -> list[list[Observed]]:
    """Return for each period the observations that lie inside it, in their order."""
    inside: list[list[Observed]] = [[] for _ in spans]
    starts = [span.start for span in spans]
    for seen in observations:
        place = bisect_right(starts, seen.start) - 1
        if place >= 0 and seen.end <= spans[place].end:
            inside[place].append(seen)
    return inside


def _counts(span: Span, inputs: Inputs, months: int) -> bool:
    begins, ends = inputs.begins or date.min, inputs.ends or date.max
    shifted_years = months == 12 and (begins.month, begins.day) != (1, 1)
    return span.start >= begins and (span.end <= ends or shifted_years)


def _from_first_observation(
    spans: list[Span], observations: Sequence[Observed], on: date
) -> list[Span]:
    inside = sorted_into(spans, observations)
    first = next((span.start for span, seen in zip(spans, inside, strict=True) if seen), on)
    return [span for span in spans if span.end >= first]


def _blocks(inputs: Inputs, months: int, on: date) -> Iterator[tuple[date, date]]:
    """Yield first and last day of blocks of months from the one in which counting begins.

    Pairs of years begin with the strategy's first year, or with odd years where that is unknown.
    """
    first = inputs.begins or min((seen.start for seen in inputs.observations), default=on)
    anchor = 12 * (inputs.begins.year if inputs.begins else 1)
    month = 12 * first.year + first.month - 1
    month -= (month - anchor) % months
    while month + months < 12 * _LAST_YEAR:
        yield _first_day(month), _first_day(month + months) - timedelta(1)
        month += months


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _label(start: date, months: int) -> str:
    """Name a period as observations do: ``2025-03``, ``2025-Q1``, ``2025``; ``2025/2026``."""
    if months == 1:
        return start.isoformat()[:7]
    if months == 24:
        return f"{start.year}/{start.year + 1}"
    letter = {3: "-Q", 6: "-H"}.get(months)
    return f"{start.year}{letter}{start.month // months + 1}" if letter else str(start.year)
