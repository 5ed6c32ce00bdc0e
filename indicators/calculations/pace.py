"""What is done against what was expected by then."""

from decimal import Decimal
from typing import NamedTuple

from .arithmetic import rounded
from .types import Criteria, Reason, State, Step, StepCode


class Verdict(NamedTuple):
    state: State
    reason: Reason
    steps: tuple[Step, ...] = ()


def compare(
    fraction: Decimal, expected: Decimal, criteria: Criteria, *, fell_back: bool = False
) -> Verdict:
    """Judge the share done by the share expected by the day it speaks for.

    A value that ``fell_back`` behind its baseline has moved, and the wrong way.
    The ratio is rounded before it is held against a limit, so that a division that does not come
    out even cannot tip a value that lies exactly on it.
    """
    if fraction <= 0 and expected < criteria.unmoved_until and not fell_back:
        limits = {"expected": rounded(expected), "unmoved_until": criteria.unmoved_until}
        return Verdict(State.NOT_STARTED, Reason.UNMOVED, (Step(StepCode.UNMOVED, limits),))
    if expected == 0:
        return Verdict(State.ON_TRACK, Reason.NOTHING_EXPECTED)
    ratio = rounded(fraction / expected)
    step = Step(
        StepCode.RATIO,
        {
            "fraction": rounded(fraction),
            "expected": rounded(expected),
            "ratio": ratio,
            "at_risk_below": criteria.at_risk_below,
            "behind_below": criteria.behind_below,
        },
    )
    if ratio >= criteria.at_risk_below:
        return Verdict(State.ON_TRACK, Reason.PACE_KEPT, (step,))
    if ratio >= criteria.behind_below:
        return Verdict(State.AT_RISK, Reason.PACE_SLOW, (step,))
    return Verdict(State.BEHIND, Reason.PACE_LOST, (step,))
