"""When a promise needs its next update, and who hears of it when: pure arithmetic, no Django.

Time is cut into the calendar periods of a rhythm: months, quarters, half-years, years. Each of them
needs one sign of life. What was confirmed within a period is good until the end of the next one;
what was never confirmed counts from the day it was recorded. ``docs/freshness.md`` has examples.
"""

from dataclasses import dataclass
from datetime import date, timedelta

# Months in a period of each rhythm (the values of ``UpdateRhythm``); all of them divide a year.
MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}

# Days before (-) and after (+) the due day on which somebody is told.
STAGES = (-30, -7, -1, 1, 7, 30)
DEPUTY_TOO_FROM = 30
SOON = timedelta(days=30)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A calendar period, its first and last day; an update is due on the last one."""

    start: date
    end: date


def _number(rhythm: str, day: date) -> int:
    """Return which period ``day`` lies in, counted from the year 0."""
    return (day.year * 12 + day.month - 1) // MONTHS[rhythm]


def _start(rhythm: str, number: int) -> date:
    year, month = divmod(number * MONTHS[rhythm], 12)
    return date(year, month + 1, 1)


def due_period(rhythm: str, since: date) -> Period:
    """Return the period at whose end an update is due, where the last sign came on ``since``."""
    number = _number(rhythm, since) + 1
    return Period(_start(rhythm, number), _start(rhythm, number + 1) - DAY)


def due_by_limit(rhythm: str, day: date) -> date:
    """Return the day before which the last sign must lie for an update to be due by ``day``.

    This is ``due_period`` turned around, so that a database can count:
    ``due_period(rhythm, since).end <= day`` exactly where ``since < due_by_limit(rhythm, day)``.
    """
    return _start(rhythm, _number(rhythm, day + DAY) - 1)


def reached_stage(period: Period, on: date) -> int | None:
    """Return the latest of ``STAGES`` that has come by ``on``, None before the first.

    Nobody is reminded of a period that has not begun: thirty days before the end of a month are
    left out, unless it has thirty-one days.
    """
    days = {stage: period.end + timedelta(days=stage) for stage in STAGES}
    reached = [stage for stage, day in days.items() if period.start <= day <= on]
    return reached[-1] if reached else None
