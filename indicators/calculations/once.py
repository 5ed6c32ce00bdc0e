"""What is either done or not: milestones, and questions answered by yes or no."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from .arithmetic import ONE, ZERO, clipped, rounded, share
from .observations import latest_of
from .pace import Verdict
from .path import dated
from .silence import stale, unless_stale, without_data
from .types import Aim, Inputs, Operator, Reason, Result, State, Step, StepCode


def judge_once(inputs: Inputs, aims: Sequence[Aim], on: date) -> Result:
    """Judge the latest value by the last target.

    Without a number in the target 1 is done, 0 is not, between is part done.
    """
    aim = dated(aims, inputs.ends)[-1] if aims else None
    due = aim.due_on if aim else inputs.ends
    expected = _expected(due, on)
    reading = latest_of(inputs.observations)
    if reading is None:
        return without_data(inputs, on, due, expected)
    as_of, fraction = reading.as_of(on), _share_done(aim, reading.value)
    verdict = _verdict(fraction, due, as_of)
    done = Step(StepCode.DONE, {"value": reading.value, "fraction": rounded(fraction)})
    result = Result(
        verdict.state,
        verdict.reason,
        fraction=fraction,
        expected=expected,
        expected_then=_expected(due, as_of),
        as_of=as_of,
        due=due,
        steps=(*reading.steps(), done, *_explain_expected(due, on)),
        used=reading.used,
    )
    if fraction < 1 and due and as_of < due and (on - due).days > inputs.criteria.grace_days:
        return stale(result, Reason.DEADLINE_WITHOUT_DATA)
    return unless_stale(result, inputs, reading.latest, on)


def _share_done(aim: Aim | None, value: Decimal) -> Decimal:
    """Return 1 where the target is met; a part of the way only where more is better."""
    if aim is None or aim.value is None:
        return clipped(value)
    if aim.meets(value):
        return ONE
    return clipped(share(value, aim.value)) if aim.operator == Operator.AT_LEAST else ZERO


def _verdict(fraction: Decimal, due: date | None, as_of: date) -> Verdict:
    if fraction == 1:
        return Verdict(State.ACHIEVED, Reason.DONE)
    if due and as_of >= due:
        return Verdict(State.BEHIND, Reason.DEADLINE_MISSED)
    if fraction == 0:
        return Verdict(State.NOT_STARTED, Reason.NOT_DONE)
    return Verdict(State.ON_TRACK, Reason.PART_DONE)


def _expected(due: date | None, day: date) -> Decimal | None:
    """Nothing is expected before the due day, all from it on; None without one."""
    return Decimal(day >= due) if due else None


def _explain_expected(due: date | None, day: date) -> tuple[Step, ...]:
    if due is None:
        return (Step(StepCode.NO_EXPECTATION, {}),)
    return (Step(StepCode.EXPECTED_AT_DUE, {"day": day, "due": due, "expected": int(day >= due)}),)
