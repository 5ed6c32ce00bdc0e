"""The charts of an indicator: which one fits its promise, and what it shows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from indicators.calculations.assess import NUMERIC
from indicators.calculations.observations import as_known, sum_of
from indicators.calculations.path import Path, dated, in_force, path_of
from indicators.calculations.types import (
    Accumulation,
    Aim,
    Direction,
    Inputs,
    Kind,
    Operator,
    Per,
)
from indicators.models import Indicator
from portal.common.moment import Moment

from ...words import period_words
from ..figures import (
    Bounds,
    Calendar,
    Course,
    Event,
    Figure,
    Knot,
    Milestones,
    Periods,
    Sparkline,
    Turn,
    Value,
)
from .reading import Reading, read
from .tables import course_table, event_table, turn_table

SPARK_VALUES, MOST_VALUES = 12, 400


def indicator_figures(record: Indicator, moment: Moment, *, in_page: bool = False) -> list[Figure]:
    """Return the chart that fits the promise, and the line for lists where values are numbers."""
    reading = read(record, moment, in_page=in_page)
    numeric = reading.inputs.kind in NUMERIC
    figures = [_main(reading, numeric)]
    if numeric and not in_page:
        last = reading.values[-SPARK_VALUES:]
        common = {**reading.common, "table": figures[0].table}
        figures.append(Sparkline(**common, values=last))
    return figures


def _main(reading: Reading, numeric: bool) -> Figure:
    aims = reading.inputs.aims
    per = aims[0].per if aims else Per.ONCE
    if numeric and reading.result.periods and per != Per.EVENT:
        return _periods(reading)
    if reading.result.periods or reading.inputs.kind == Kind.RECURRING:
        return _calendar(reading, per)
    return _course(reading) if numeric else _milestone(reading)


def _turns(reading: Reading) -> tuple[Turn, ...]:
    provisional = [value for value in reading.values if value.provisional]
    revised = [value for value in reading.values if value.revised]
    return tuple(
        Turn(
            label=period_words(period.label),
            start=period.start,
            end=period.end,
            due_on=period.due_on,
            outcome=period.outcome,
            value=period.value,
            provisional=any(_within(value, period.start, period.end) for value in provisional),
            revised=any(_within(value, period.start, period.end) for value in revised),
        )
        for period in reading.result.periods
    )


def _within(value: Value, start: date, end: date) -> bool:
    return start <= value.start and value.end <= end


def _periods(reading: Reading) -> Periods:
    turns = _turns(reading)
    aims = dated(reading.inputs.aims, None)
    aim = in_force([aim for aim in aims if aim.value is not None], reading.moment.day)
    return Periods(
        **reading.common,
        table=turn_table(turns, reading.is_sample, aim),
        unit=reading.record.unit or "",
        turns=turns,
        bounds=Bounds(aim.floor, aim.cap if aim.cap != aim.floor else None),
    )


def _calendar(reading: Reading, per: Per) -> Calendar:
    turns = _turns(reading)
    table = turn_table(turns, reading.is_sample)
    return Calendar(**reading.common, table=table, turns=turns, by_month=per == Per.MONTH)


def _milestone(reading: Reading) -> Milestones:
    """Something that is done or not: one step, or one for each dated target."""
    done = (value for value in reading.values if value.value >= 1)
    first = next(done, None)
    aims = dated(reading.inputs.aims, reading.inputs.ends) or (Aim(Operator.WORDS),)
    done_on = min(first.end, reading.moment.day) if first else None
    events = tuple(
        Event(reading.common["title"], aim.due_on, done_on, reading.is_sample) for aim in aims
    )
    return Milestones(
        **reading.common,
        table=event_table(events),
        events=events,
        begins=reading.inputs.begins,
        ends=reading.inputs.ends,
    )


def _course(reading: Reading) -> Course:
    inputs, aims = _as_promised(reading.inputs)
    path = path_of(inputs, aims) if aims else None
    values = _running_totals(reading, path) or reading.values
    knots = _knots(path) if path else ()
    bounding = [aim for aim in aims if path and aim not in path.aims]
    aim = in_force(bounding, reading.moment.day) if bounding else None
    bounds = Bounds(aim.floor, aim.cap) if aim else None
    return Course(
        **reading.common,
        table=course_table(reading.values, values, knots, bounds),
        unit=reading.record.unit or "",
        values=_thinned(values),
        path=knots,
        bounds=bounds,
        begins=inputs.begins,
        ends=inputs.ends,
    )


def _as_promised(inputs: Inputs) -> tuple[Inputs, tuple[Aim, ...]]:
    """Return the targets that make a path; what holds in each organisation counts those."""
    numbers = [aim for aim in inputs.aims if aim.per == Per.ONCE and aim.value is not None]
    counted = [
        Aim(Operator.AT_LEAST, Decimal(aim.units), due_on=aim.due_on)
        for aim in inputs.aims
        if aim.per == Per.ORGANISATION and aim.units
    ]
    if counted and not numbers:
        inputs = replace(inputs, direction=Direction.INCREASE, baseline=None)
    return inputs, dated(numbers or counted, inputs.ends)


def _running_totals(reading: Reading, path: Path | None) -> tuple[Value, ...]:
    """Return the sum so far at each value, where values of all periods add up; else nothing."""
    if reading.inputs.accumulation != Accumulation.SUM or path is None:
        return ()
    total = path.baseline or Decimal(0)
    known = as_known(reading.inputs, reading.moment.day).observations
    sums = sum_of(known, since=path.start, baseline=total)
    values = []
    for seen in sums.counted if sums else ():
        total += seen.value
        values.append(reading.value(seen, total))
    return tuple(values)


def _knots(path: Path) -> tuple[Knot, ...]:
    targets = tuple(Knot(aim.due_on, path.target(aim)) for aim in path.aims if aim.due_on)
    if path.baseline is None or path.start is None or not targets or path.start > targets[0].day:
        return targets
    return (Knot(path.start, path.baseline, is_target=False), *targets)


def _thinned(values: Iterable[Value]) -> tuple[Value, ...]:
    """Leave out evenly what a picture cannot show, never the last."""
    values = tuple(values)
    step = -(-len(values) // MOST_VALUES) or 1
    return values[::-1][::step][::-1]
