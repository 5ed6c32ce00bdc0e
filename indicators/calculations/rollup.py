"""The state of a promise from the states of what stands below it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from .arithmetic import CONTEXT, ZERO, clipped, rounded
from .pace import Verdict
from .types import Reason, State, Step, StepCode

UNCOUNTED = frozenset({State.NOT_MEASURABLE, State.DISCONTINUED})
HALF, QUARTER = Decimal("0.5"), Decimal("0.25")


@dataclass(frozen=True)
class Child:
    """One child as shown: ``leaves`` is the number of indicators below it (1 for an indicator)."""

    level: str
    code: str
    state: State
    fraction: Decimal | None
    leaves: int
    overridden: bool = False


@dataclass(frozen=True)
class Rolled:
    """What the children come to; ``counts`` holds the states that occur, in their order."""

    state: State
    fraction: Decimal | None
    counts: dict[State, int]
    reason: Reason
    steps: tuple[Step, ...]


def roll_up(children: Sequence[Child]) -> Rolled:
    """Count states first; a mean fraction only where every countable child has one.

    Discontinued and not measurable children do not count. Those without data are never averaged
    away: more than half of them leave the whole without a judgement, and one is enough that it
    cannot be achieved. ``docs/progress.md`` gives the rules in their order.
    """
    tally = Counter(child.state for child in children)
    countable = [child for child in children if child.state not in UNCOUNTED]
    with localcontext(CONTEXT):
        verdict = _verdict(tally, len(countable))
        fraction, sum_steps = _mean(countable)
    return Rolled(
        state=verdict.state,
        fraction=rounded(fraction),
        counts={state: tally[state] for state in State if tally[state]},
        reason=verdict.reason,
        steps=(*_explain_counts(tally, len(countable)), *verdict.steps, *sum_steps),
    )


def _verdict(tally: Counter[State], countable: int) -> Verdict:
    if not countable:
        return _nothing_countable(tally)
    without = tally[State.NO_DATA] + tally[State.STALE]
    judged = countable - without
    if 2 * without > countable:
        more_stale = tally[State.STALE] > tally[State.NO_DATA]
        state = State.STALE if more_stale else State.NO_DATA
        return _by_limit(state, Reason.MOSTLY_WITHOUT_DATA, without, countable, HALF)
    if tally[State.ACHIEVED] == countable:
        return Verdict(State.ACHIEVED, Reason.ALL_ACHIEVED)
    behind = tally[State.BEHIND]
    if 2 * behind >= judged:
        return _by_limit(State.BEHIND, Reason.HALF_BEHIND, behind, judged, HALF)
    late = behind + tally[State.AT_RISK]
    if 4 * late > judged:
        return _by_limit(State.AT_RISK, Reason.QUARTER_LATE, late, judged, QUARTER)
    if tally[State.NOT_STARTED] == judged:
        return Verdict(State.NOT_STARTED, Reason.NONE_STARTED)
    return _by_limit(State.ON_TRACK, Reason.REST_ON_TRACK, late, judged, QUARTER)


def _nothing_countable(tally: Counter[State]) -> Verdict:
    if tally[State.NOT_MEASURABLE]:
        return Verdict(State.NOT_MEASURABLE, Reason.NONE_MEASURABLE)
    if tally[State.DISCONTINUED]:
        return Verdict(State.DISCONTINUED, Reason.ALL_DISCONTINUED)
    return Verdict(State.NO_DATA, Reason.NO_CHILDREN)


def _by_limit(state: State, reason: Reason, count: int, of: int, limit: Decimal) -> Verdict:
    """A verdict with the line that decided: so many of so many, held against a limit."""
    part = rounded(Decimal(count) / of)
    step = Step(StepCode.LIMIT, {"count": count, "of": of, "share": part, "limit": limit})
    return Verdict(state, reason, (step,))


def _explain_counts(tally: Counter[State], countable: int) -> tuple[Step, ...]:
    without = tally[State.NO_DATA] + tally[State.STALE]
    counts = {
        "total": tally.total(),
        "countable": countable,
        "judged": countable - without,
        "without_data": without,
    }
    by_state = (
        Step(StepCode.CHILDREN_IN, {"state": state, "count": tally[state]})
        for state in State
        if tally[state]
    )
    return (Step(StepCode.CHILDREN, counts), *by_state)


def _mean(countable: Sequence[Child]) -> tuple[Decimal | None, tuple[Step, ...]]:
    """Return the mean of the fractions, each at most 1 and weighed by its indicators."""
    fractions = [child.fraction for child in countable]
    leaves = sum(child.leaves for child in countable)
    if None in fractions or not leaves:
        missing = {"missing": fractions.count(None)}
        return None, (Step(StepCode.NO_MEAN, missing),) if countable else ()
    total, lines = ZERO, []
    for child in countable:
        part = {"fraction": clipped(child.fraction), "leaves": child.leaves}
        total += part["fraction"] * child.leaves
        lines.append(Step(StepCode.WEIGHED, {"level": child.level, "code": child.code, **part}))
    mean = total / leaves
    summed = {"sum": rounded(total), "leaves": leaves, "fraction": rounded(mean)}
    return mean, (*lines, Step(StepCode.MEAN, summed))
