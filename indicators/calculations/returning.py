"""What a number in every period and an obligation in every period have in common: their past."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .arithmetic import ONE, rounded, share
from .observations import Reading, in_order, latest_of, sum_of
from .pace import Verdict
from .path import dated, in_force
from .periods import Span, sorted_into
from .types import (
    Accumulation,
    Aim,
    Criteria,
    Inputs,
    Kind,
    Outcome,
    PeriodResult,
    Reason,
    Result,
    State,
    Step,
    StepCode,
)


@dataclass(frozen=True)
class Period:
    """One period with its target, what was observed in it and what became of it."""

    span: Span
    aim: Aim
    reading: Reading | None
    outcome: Outcome = Outcome.COMING

    def result(self, on: date) -> PeriodResult:
        """As readers see it; the time after the last event is open, so it ends today or later."""
        span = self.span
        end = max(on, span.due_on) if span.end == date.max else span.end
        value = self.reading.value if self.reading else None
        return PeriodResult(span.label, span.start, end, span.due_on, self.outcome, value)

    def step(self, on: date) -> Step:
        shown = self.result(on)
        values = {
            "period": shown.label,
            "start": shown.start,
            "end": shown.end,
            "due": shown.due_on,
            "operator": self.aim.operator,
            "target": self.aim.value,
            "high": self.aim.high,
            "value": shown.value,
            "outcome": shown.outcome,
        }
        return Step(StepCode.PERIOD, {name: v for name, v in values.items() if v is not None})


# What stands: it is due, or known before. In the order of explanations.
PAST = (Outcome.KEPT, Outcome.MISSED, Outcome.UNKNOWN)
Outcomes = Callable[[Period, Inputs, date], Outcome]


def adds_up(inputs: Inputs) -> bool:
    """Say whether what is observed in parts of a period is added up; shares never are."""
    return inputs.kind != Kind.PERCENTAGE and inputs.accumulation != Accumulation.LATEST


def periods_of(
    inputs: Inputs, aims: Iterable[Aim], spans: Sequence[Span], outcome: Outcomes, on: date
) -> list[Period]:
    """Read each period's value and say what became of it."""
    aims = dated(aims, None)
    read = sum_of if adds_up(inputs) else latest_of
    inside = sorted_into(spans, inputs.observations)
    periods = [
        Period(span, in_force(aims, min(span.end, span.due_on)), read(seen))
        for span, seen in zip(spans, inside, strict=True)
    ]
    return [replace(period, outcome=outcome(period, inputs, on)) for period in periods]


def complete(result: Result, inputs: Inputs, periods: Sequence[Period], on: date) -> Result:
    """Add the list of periods and the observations it rests on.

    The newest observation is among them even where it lies in no period: it decides whether
    data are missing altogether or have stopped.
    """
    in_periods = {seen for period in periods if period.reading for seen in period.reading.used}
    used = in_order(in_periods | set(inputs.observations[-1:]))
    return replace(
        result,
        as_of=min(on, used[-1].end) if used and result.as_of is None else result.as_of,
        periods=tuple(period.result(on) for period in periods),
        used=used,
    )


def judge_past(inputs: Inputs, periods: Sequence[Period], on: date) -> Result | None:
    """Judge by the periods whose outcome stands; None while there is none.

    The last of them decides, and how many were kept of those that are known. When the strategy
    is over, all of them decide. A period without data is never counted as missed.
    """
    past = [period for period in periods if period.outcome in PAST]
    if not past:
        return None
    tally = Counter(period.outcome for period in past)
    over = inputs.ends and on > inputs.ends and len(past) == len(periods)
    verdict = _at_the_end(tally) if over else _by_last(past[-1], tally, inputs.criteria)
    if verdict is None:
        state = State.STALE if inputs.observations else State.NO_DATA
        verdict = Verdict(state, Reason.PERIOD_WITHOUT_DATA)
        due = next(p for p in reversed(past) if p.outcome == Outcome.UNKNOWN).span.due_on
    else:
        due = next((p for p in periods if p.outcome not in PAST), past[-1]).span.due_on
    known = tally[Outcome.KEPT] + tally[Outcome.MISSED]
    fraction = share(Decimal(tally[Outcome.KEPT]), Decimal(len(past))) if known else None
    return Result(
        verdict.state,
        verdict.reason,
        fraction=fraction,
        expected=ONE,
        expected_then=ONE,
        due=due,
        steps=(past[-1].step(on), _tally_step(tally, fraction), *verdict.steps),
    )


def not_due_yet(inputs: Inputs, spans: Sequence[Span], on: date) -> Result:
    """Say that no period is due yet, that the strategy has not begun, or that no period counts."""
    due = spans[0].due_on if spans else None
    if inputs.begins and on < inputs.begins:
        return Result(State.NOT_STARTED, Reason.NOT_BEGUN, due=due)
    return Result(State.NO_DATA, Reason.NOT_DUE_YET if spans else Reason.NO_PERIOD, due=due)


def _at_the_end(tally: Counter[Outcome]) -> Verdict | None:
    if tally[Outcome.MISSED]:
        return Verdict(State.BEHIND, Reason.PERIODS_MISSED)
    if tally[Outcome.UNKNOWN]:
        return None
    return Verdict(State.ACHIEVED, Reason.ALL_PERIODS_KEPT)


def _by_last(last: Period, tally: Counter[Outcome], criteria: Criteria) -> Verdict | None:
    if last.outcome == Outcome.UNKNOWN:
        return None
    if last.outcome == Outcome.MISSED:
        return Verdict(State.BEHIND, Reason.LAST_PERIOD_MISSED)
    kept, known = tally[Outcome.KEPT], tally[Outcome.KEPT] + tally[Outcome.MISSED]
    kept_share = rounded(share(Decimal(kept), Decimal(known)))
    limit = criteria.at_risk_below
    values = {"kept": kept, "judged": known, "share": kept_share, "at_risk_below": limit}
    steps = (Step(StepCode.KEPT_SHARE, values),)
    if kept_share < limit:
        return Verdict(State.AT_RISK, Reason.PERIODS_MISSED, steps)
    return Verdict(State.ON_TRACK, Reason.LAST_PERIOD_KEPT, steps)


def _tally_step(tally: Counter[Outcome], fraction: Decimal | None) -> Step:
    counts = {outcome.value: tally[outcome] for outcome in PAST}
    shown = {"fraction": rounded(fraction)} if fraction is not None else {}
    return Step(StepCode.TALLY, {**counts, "due": tally.total(), **shown})
