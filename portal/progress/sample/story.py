"""Invented values of one promise, as an office would have written them down over half a year.

Pure arithmetic: no database. What an office catches up on stands first, then what it writes when a
period is over; a later entry for the same period corrects the one before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from portal.common.partial_dates import PartialDate

from .promise import Course, Promise
from .spans import cycles, month_of, quarter_of, spans

WRITTEN_AFTER = timedelta(days=12)  # the end of a period
CORRECTED_AFTER = timedelta(days=21)
OLD = timedelta(days=500)
QUARTERS_BACK = timedelta(days=640)


@dataclass(frozen=True)
class Entry:
    """A value that is written down on a day."""

    day: date
    period: str
    value: Decimal
    provisional: bool = False


def told(promise: Promise, course: Course, first: date, today: date) -> list[Entry]:
    """What is written about ``promise`` from the day ``first`` until yesterday, in order of time.

    Nothing of a promise whose time has not begun, and nothing where the office keeps silent.
    """
    if course is Course.SILENT or promise.begins >= today:
        return []
    last = today - OLD if course is Course.STALE else today - timedelta(days=1)
    values = [value for value in _values(promise, course, today) if _begun(value, last, course)]
    entries = [_written(value, first, today) for value in values]
    entries = [entry for entry in entries if entry.day < today]
    if course is Course.CORRECTED and entries:
        entries = [*entries[:-1], *_corrected(entries[-1], promise, today)]
    return sorted(entries, key=lambda entry: entry.day)


@dataclass(frozen=True)
class _Value:
    """A period with its value."""

    name: str
    start: date
    end: date
    value: Decimal


def _begun(value: _Value, last: date, course: Course) -> bool:
    """Only what is over is told, or, of a provisional course, what has begun."""
    return (value.start if course is Course.PROVISIONAL else value.end) <= last


def _written(value: _Value, first: date, today: date) -> Entry:
    day = max(first, value.end + WRITTEN_AFTER)
    if value.end >= today:  # not over yet
        return Entry(max(first, value.start, today - WRITTEN_AFTER), value.name, value.value, True)
    if day >= today:
        return Entry(max(first, value.end), value.name, value.value)
    return Entry(day, value.name, value.value)


def _corrected(entry: Entry, promise: Promise, today: date) -> list[Entry]:
    """The entry with a mistake, and the correction some weeks later."""
    day = min(entry.day + CORRECTED_AFTER, today - timedelta(days=1))
    if promise.kind in ("milestone", "binary", "recurring"):
        return [replace(entry, value=1 - min(entry.value, Decimal(1))), replace(entry, day=day)]
    return [replace(entry, value=entry.value * 2 + 1), replace(entry, day=day)]


def _values(promise: Promise, course: Course, today: date) -> Iterator[_Value]:
    if promise.kind in ("milestone", "binary"):
        return _done_once(promise, course, today)
    if promise.kind == "recurring":
        return _delivered(promise, course, today)
    if promise.value is not None and promise.per and promise.per != "organisation":
        return _in_each_cycle(promise, course, today)
    return _along_a_path(promise, course, today)


def _done_once(promise: Promise, course: Course, today: date) -> Iterator[_Value]:
    """Nothing at first, then part of it or all."""
    done = {Course.GOOD: "1", Course.CORRECTED: "1", Course.BEHIND: "0"}.get(course, "0.5")
    steps = [(760, "0"), (240, "0"), (75 if promise.kind == "milestone" else 130, done)]
    for days_ago, value in steps:
        span = month_of(max(promise.begins, today - timedelta(days=days_ago)))
        share = Decimal(value).to_integral_value(ROUND_FLOOR)
        value = share if promise.kind == "binary" else Decimal(value)
        yield _Value(span.text, span.start, span.end, value)


def _delivered(promise: Promise, course: Course, today: date) -> Iterator[_Value]:
    """A document in each period; one that was missed is a written zero."""
    if promise.per == "event":
        for day, _title in events_before(today):
            answer = day + timedelta(days=25)
            missed = course is Course.BEHIND
            yield _Value(answer.isoformat(), answer, answer, Decimal(0 if missed else 1))
        return
    found = cycles(promise.per or "year", promise.begins, min(today, promise.due))
    for number, (start, end) in enumerate(found):
        missed = course is Course.BEHIND or (course is Course.AT_RISK and number == 0)
        middle = start + (min(end, today) - start) / 2
        span = month_of(end if missed else middle)
        yield _Value(span.text, span.start, span.end, Decimal(0 if missed else 1))


def events_before(today: date) -> list[tuple[date, int]]:
    """The days of invented events outside, with their number."""
    return [(today - timedelta(days=days), number) for number, days in enumerate((520, 130), 1)]


def _in_each_cycle(promise: Promise, course: Course, today: date) -> Iterator[_Value]:
    """What is over as one value of its last year (or month), what is running by quarters."""
    for number, (start, end) in enumerate(cycles(promise.per, promise.begins, today)):
        pace = _pace_of_cycle(promise, course, number)
        whole = promise.value * pace
        if end < today or promise.per == "month":
            name = f"{end:%Y-%m}" if promise.per == "month" else str(end.year)
            begin = start if promise.per == "month" else end.replace(month=1, day=1)
            if end >= today - timedelta(days=900):
                yield _Value(name, begin, end, _rounded(whole, promise, course))
            continue
        before, days = Decimal(0), (end - start).days + 1
        for span in spans(_steps_of(promise), start, today):
            share = Decimal((span.end - start).days + 1) / days
            so_far = _rounded(whole * share, promise, course)
            part = so_far if promise.kind == "percentage" else so_far - before
            yield _Value(span.text, span.start, span.end, part)
            before = so_far


def _pace_of_cycle(promise: Promise, course: Course, number: int) -> Decimal:
    """A cap is kept by staying below it; who is behind now has been better before."""
    if promise.operator == "at_most":
        return Decimal("0.85") if course is Course.GOOD else 2 - course.pace
    if course in (Course.AT_RISK, Course.BEHIND) and number % 3 == 0:
        return Decimal(1)
    return course.pace


def _along_a_path(promise: Promise, course: Course, today: date) -> Iterator[_Value]:
    """Quarter by quarter from where it began towards the target."""
    days = (promise.due - promise.begins).days or 1
    back = QUARTERS_BACK + OLD if course is Course.STALE else QUARTERS_BACK
    for span in spans(_steps_of(promise), max(promise.begins, today - back), today):
        share = Decimal((min(span.end, promise.due) - promise.begins).days) / days
        value = _level(promise, course, min(share, Decimal(1)))
        yield _Value(span.text, span.start, span.end, _rounded(value, promise, course))


def _steps_of(promise: Promise) -> Callable[[date], PartialDate]:
    """Large numbers are told every month, small ones every quarter."""
    return month_of if (promise.value or 0) >= 12 else quarter_of


def _level(promise: Promise, course: Course, share: Decimal) -> Decimal:
    """The value when ``share`` (0 to 1) of the time is over."""
    if promise.value is None:
        return 12 * share * course.pace + 1
    if promise.is_bound:
        return _inside(promise) if course.pace >= 1 else _outside(promise)
    goal = promise.high if promise.operator == "between" and promise.high else promise.value
    base = promise.baseline
    if base is None:
        base = goal * 2 if promise.direction == "decrease" else Decimal(0)
    return base + (goal - base) * min(share * course.pace, Decimal(1))


def _inside(promise: Promise) -> Decimal:
    return (promise.value + promise.high) / 2 if promise.high is not None else promise.value


def _outside(promise: Promise) -> Decimal:
    if promise.operator == "at_least":
        return promise.value * Decimal("0.8")
    return (promise.high if promise.high is not None else promise.value) * Decimal("1.2")


def _rounded(value: Decimal, promise: Promise, course: Course) -> Decimal:
    """Whole things are counted; shares have one decimal and end at 100."""
    if promise.kind == "percentage":
        return min(value, max(Decimal(100), promise.value or 0)).quantize(Decimal("0.1"))
    is_up = course.pace > Decimal("0.85") and promise.direction != "decrease"
    rounding = ROUND_CEILING if is_up else ROUND_FLOOR
    return value.quantize(Decimal(1), rounding)
