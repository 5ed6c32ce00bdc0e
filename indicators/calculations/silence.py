"""What can be said when nothing is known, or nothing new for too long."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from .arithmetic import later
from .types import Inputs, Observed, Reason, Result, State, Step, StepCode

JUDGED = frozenset({State.ON_TRACK, State.AT_RISK, State.BEHIND, State.NOT_STARTED})


def without_data(
    inputs: Inputs, on: date, due: date | None, expected: Decimal | None = None
) -> Result:
    """Say that nothing is known yet; a missing value is never taken for a missed target."""
    if inputs.begins and on < inputs.begins:
        return Result(State.NOT_STARTED, Reason.NOT_BEGUN, expected=expected, due=due)
    passed = due is not None and on > due
    reason = Reason.DEADLINE_WITHOUT_DATA if passed else Reason.NO_OBSERVATION
    return Result(State.NO_DATA, reason, expected=expected, due=due)


def stale(result: Result, reason: Reason) -> Result:
    """Take back a judgement because its data are too old, and keep what it would have been."""
    would_be = Step(StepCode.WOULD_BE, {"state": result.state, "reason": result.reason})
    return replace(result, state=State.STALE, reason=reason, steps=(*result.steps, would_be))


def unless_stale(result: Result, inputs: Inputs, latest: Observed, on: date) -> Result:
    """Add how fresh the data are; a judgement without a sign of life for too long is stale.

    Allowed are the rhythm, else the length of the latest period, and ``stale_after_days`` more.
    What is achieved stays so, and so does a date that was missed: it is known, and nobody promised
    to go on measuring.
    """
    if result.state not in JUDGED or result.reason == Reason.DEADLINE_MISSED:
        return result
    last = max(latest.end, inputs.confirmed_on or latest.end)
    allowed = (inputs.rhythm_days or latest.days) + inputs.criteria.stale_after_days
    freshness = {
        "last": last,
        "allowed": allowed,
        "until": later(last, allowed),
        "age": max(0, (on - last).days),
    }
    result = replace(result, steps=(*result.steps, Step(StepCode.FRESHNESS, freshness)))
    return stale(result, Reason.TOO_OLD) if freshness["age"] > allowed else result
