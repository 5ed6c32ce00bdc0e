"""Promises about a level: a number that should rise, fall or stay, by a day or by none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from .arithmetic import ONE, ZERO, rounded
from .observations import Reading, in_order, latest_of, sum_of
from .pace import Verdict, compare
from .path import Path, dated, in_force, path_of
from .silence import unless_stale, without_data
from .types import (
    Accumulation,
    Aim,
    Criteria,
    Direction,
    Inputs,
    Operator,
    Reason,
    Result,
    State,
    Step,
    StepCode,
)


def judge_level(inputs: Inputs, aims: Sequence[Aim], on: date) -> Result:
    """Judge the value by the target in force on the day that the data speak for."""
    aims = dated(aims, inputs.ends)
    path = path_of(inputs, aims)
    reading = _read(inputs, path)
    if reading is None:
        aim = in_force(aims, on)
        expected = path.expected(aim, on)[0] if aim in path.aims else None
        return without_data(inputs, on, _missed_or_next(aims, on), expected)
    as_of = reading.as_of(on)
    aim = in_force(aims, as_of)
    if aim in path.aims:
        result = _on_path(inputs, path, reading, on)
    else:
        result = _within_bounds(aim, reading.value, is_over=aim is aims[-1] and _due(aim, as_of))
    result = replace(
        result,
        as_of=as_of,
        due=aim.due_on,
        steps=(*reading.steps(), *result.steps),
        used=in_order(reading.used),
    )
    return unless_stale(result, inputs, reading.latest, on)


def _missed_or_next(aims: Sequence[Aim], on: date) -> date | None:
    """Return the due day that has passed last, else the next one."""
    passed = [aim.due_on for aim in aims if aim.due_on and aim.due_on < on]
    return passed[-1] if passed else aims[0].due_on


def judge_organisations(inputs: Inputs, aims: Sequence[Aim], on: date) -> Result:
    """Judge in how many organisations a promise is kept, of all that should keep it.

    The value counts organisations, so the target is their number (none is as good as unknown);
    what each must have is the business of whoever counts.
    """
    if not all(aim.units for aim in aims):
        reading = latest_of(inputs.observations)
        return Result(
            State.NO_DATA,
            Reason.UNITS_UNKNOWN,
            as_of=reading.as_of(on) if reading else None,
            due=dated(aims, inputs.ends)[-1].due_on,
            steps=reading.steps() if reading else (),
            used=reading.used if reading else (),
        )
    counted = [Aim(Operator.AT_LEAST, Decimal(aim.units), due_on=aim.due_on) for aim in aims]
    inputs = replace(inputs, direction=Direction.INCREASE, baseline=None)
    result = judge_level(inputs, counted, on)
    units = Step(StepCode.UNITS, {"units": aims[-1].units})
    return replace(result, steps=(units, *result.steps))


def _read(inputs: Inputs, path: Path) -> Reading | None:
    if inputs.accumulation == Accumulation.SUM:
        return sum_of(inputs.observations, since=path.start, baseline=path.baseline or ZERO)
    return latest_of(inputs.observations)


def _due(aim: Aim, day: date) -> bool:
    return aim.due_on is not None and day >= aim.due_on


def _on_path(inputs: Inputs, path: Path, reading: Reading, on: date) -> Result:
    as_of, final = reading.as_of(on), path.aims[-1]
    aim = final if final.meets(reading.value) else in_force(path.aims, as_of)
    fraction = path.fraction(aim, reading.value)
    then, sum_then = path.expected(aim, as_of)
    now, sum_now = path.expected(aim, on)
    verdict = _at_the_end(final, reading.value, as_of) or _on_the_way(
        path, fraction, then, inputs.criteria, fell_back=path.is_behind_start(aim, reading.value)
    )
    return Result(
        verdict.state,
        verdict.reason,
        fraction=fraction,
        expected=now,
        expected_then=then,
        steps=(
            *_explain_target(inputs, path, aim),
            *_explain_fraction(path, aim, reading.value, fraction),
            *sum_then,
            *(sum_now if on != as_of else ()),
            *verdict.steps,
        ),
    )


def _at_the_end(final: Aim, value: Decimal, as_of: date) -> Verdict | None:
    """Judge by the last target, if it is met or its day is over."""
    if final.meets(value):
        may_pass_it = final.operator in (Operator.EXACTLY, Operator.BETWEEN)
        if may_pass_it and final.due_on and as_of < final.due_on:
            return Verdict(State.ON_TRACK, Reason.MET_BEFORE_DATE)
        return Verdict(State.ACHIEVED, Reason.TARGET_MET)
    return Verdict(State.BEHIND, Reason.DEADLINE_MISSED) if _due(final, as_of) else None


def _on_the_way(
    path: Path,
    fraction: Decimal | None,
    expected: Decimal | None,
    criteria: Criteria,
    *,
    fell_back: bool,
) -> Verdict:
    if fraction is None:
        return Verdict(State.NO_DATA, Reason.NO_BASELINE)
    if path.baseline is None:
        return Verdict(State.ON_TRACK, Reason.INTERIM_MET)
    if expected is not None:
        return compare(fraction, expected, criteria, fell_back=fell_back)
    if fraction > 0:
        return Verdict(State.ON_TRACK, Reason.MOVED)
    return Verdict(State.NOT_STARTED, Reason.UNMOVED)


def _explain_target(inputs: Inputs, path: Path, aim: Aim) -> tuple[Step, ...]:
    values = {"operator": aim.operator, "value": aim.value, "high": aim.high, "due": aim.due_on}
    target = Step(StepCode.TARGET, {name: v for name, v in values.items() if v is not None})
    if inputs.baseline is None:
        if path.baseline is None:
            return (target,)
        return target, Step(StepCode.SHARE_OF_TARGET, {"target": path.target(aim)})
    on = {"on": inputs.baseline.on} if inputs.baseline.on else {}
    return target, Step(StepCode.BASELINE, {"value": inputs.baseline.value, **on})


def _explain_fraction(
    path: Path, aim: Aim, value: Decimal, fraction: Decimal | None
) -> tuple[Step, ...]:
    if fraction is None or path.baseline is None:
        return ()
    numbers = {"baseline": path.baseline, "target": path.target(aim)}
    if not path.has_distance(aim):
        return (Step(StepCode.NO_DISTANCE, {**numbers, "met": int(fraction)}),)
    shown = {"value": value, **numbers, "fraction": rounded(fraction)}
    return (Step(StepCode.FRACTION, shown),)


def _within_bounds(aim: Aim, value: Decimal, *, is_over: bool) -> Result:
    """A value that may not leave its bounds: all or nothing, at any time."""
    inside = aim.meets(value)
    limits = {"low": aim.floor, "high": aim.cap}
    step = Step(
        StepCode.BOUNDS,
        {
            "value": value,
            **{name: limit for name, limit in limits.items() if limit is not None},
            "met": int(inside),
        },
    )
    if inside and is_over:
        verdict = Verdict(State.ACHIEVED, Reason.KEPT_TO_THE_END)
    elif inside:
        verdict = Verdict(State.ON_TRACK, Reason.WITHIN_BOUNDS)
    else:
        verdict = Verdict(State.BEHIND, Reason.OUT_OF_BOUNDS)
    return Result(
        verdict.state,
        verdict.reason,
        fraction=Decimal(inside),
        expected=ONE,
        expected_then=ONE,
        steps=(step,),
    )
