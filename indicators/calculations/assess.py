"""The state of one indicator on one day. ``docs/progress.md`` tells the rules in words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import localcontext

from .arithmetic import CONTEXT, rounded
from .level import judge_level, judge_organisations
from .observations import as_known, latest_of
from .once import judge_once
from .per_period import judge_per_period
from .periods import MONTHS
from .recurring import judge_recurring
from .types import Aim, Inputs, Kind, Per, Reason, Result, State, Step, StepCode

Rule = Callable[[Inputs, Sequence[Aim], date], Result]

NUMERIC = (Kind.COUNT, Kind.PERCENTAGE)


def assess(inputs: Inputs, on: date) -> Result:
    """Judge what was known by the end of ``on``; observations that begin later are ignored."""
    if inputs.discontinued:
        return Result(State.DISCONTINUED, Reason.DISCONTINUED)
    if not inputs.measurable:
        return Result(State.NOT_MEASURABLE, Reason.NOT_MEASURABLE)
    aims, others = _promise(inputs)
    with localcontext(CONTEXT):
        result = _rule(inputs.kind, aims)(as_known(inputs, on), aims, on)
    left_out = (Step(StepCode.TARGETS_LEFT_OUT, {"count": others}),) if others else ()
    return replace(
        result,
        fraction=rounded(result.fraction),
        expected=rounded(result.expected),
        expected_then=rounded(result.expected_then),
        steps=(*left_out, *result.steps),
    )


def used_inputs(inputs: Inputs, on: date) -> Inputs:
    """Return the inputs without what had no part in the result, which stays the same."""
    return replace(as_known(inputs, on), observations=assess(inputs, on).used)


def _promise(inputs: Inputs) -> tuple[tuple[Aim, ...], int]:
    """Return the targets to judge by and how many are left out, because one promise is judged.

    It is that of the first target, with all others that hold for the same. A number can only be
    judged by a target in numbers; in how many organisations something is done can be counted too.
    """
    aims = inputs.aims
    if inputs.kind in NUMERIC:
        aims = tuple(a for a in aims if a.value is not None or a.per == Per.ORGANISATION)
    judged = tuple(aim for aim in aims if aim.per == aims[0].per)
    return judged, len(aims) - len(judged)


def _rule(kind: Kind, aims: Sequence[Aim]) -> Rule:
    """Choose the rule: first by what the target holds for, then by what is observed."""
    numeric = kind in NUMERIC
    if numeric and not aims:
        return _judge_nothing
    per = aims[0].per if aims else Per.ONCE
    if per == Per.EVENT or (per in MONTHS and not numeric) or kind == Kind.RECURRING:
        return judge_recurring
    if per == Per.ORGANISATION:
        return judge_organisations
    if per in MONTHS:
        return judge_per_period
    return judge_level if numeric else judge_once


def _judge_nothing(inputs: Inputs, aims: Sequence[Aim], on: date) -> Result:
    """Without a target in numbers a value can be shown, not judged."""
    reading = latest_of(inputs.observations)
    if reading is None:
        return Result(State.NO_DATA, Reason.NO_OBSERVATION)
    return Result(
        State.NOT_MEASURABLE,
        Reason.NO_TARGET,
        as_of=reading.as_of(on),
        steps=reading.steps(),
        used=reading.used,
    )
