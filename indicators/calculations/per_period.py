"""A number to reach, or not to exceed, in every period: “at least 250 participants a year”."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from .arithmetic import ONE, ZERO, days_between, elapsed, rounded, share
from .observations import Reading
from .pace import Verdict, compare
from .periods import MONTHS, Span, calendar_spans
from .returning import Period, adds_up, complete, judge_past, not_due_yet, periods_of
from .types import Aim, Criteria, Inputs, Outcome, Per, Reason, Result, State, Step, StepCode


def judge_per_period(inputs: Inputs, aims: Sequence[Aim], on: date) -> Result:
    """Judge the running period if it has data, else what is known of those before."""
    per = aims[0].per
    spans = calendar_spans(inputs, MONTHS[per], on, even=per == Per.EVEN_YEAR)
    periods = periods_of(inputs, aims, spans, number_outcome, on)
    running = [p for p in periods if p.outcome == Outcome.RUNNING and p.reading]
    if running:
        result = _judge_running(running[-1], running[-1].reading, inputs.criteria, on)
    else:
        result = judge_past(inputs, periods, on) or not_due_yet(inputs, spans, on)
    return complete(result, inputs, periods, on)


def number_outcome(period: Period, inputs: Inputs, on: date) -> Outcome:
    """Say what became of a period for which a number is promised.

    A finished one is kept or missed as soon as its value is whole. Once it is due, a part of the
    value is enough if the rest cannot change the outcome; else the period is unknown.
    """
    span, reading = period.span, period.reading
    if on < span.start:
        return Outcome.COMING
    if on <= span.end:
        return Outcome.RUNNING
    is_due = on > span.due_on
    sums = adds_up(inputs)
    if reading and (
        _is_whole(reading, span, sums=sums)
        or (is_due and sums and _is_settled(period.aim, reading.value))
    ):
        return Outcome.KEPT if period.aim.meets(reading.value) else Outcome.MISSED
    return Outcome.UNKNOWN if is_due else Outcome.RUNNING


def _is_whole(reading: Reading, span: Span, *, sums: bool) -> bool:
    """Say whether the value speaks of the whole period: every day of a sum, or its end."""
    if sums:
        return sum(seen.days for seen in reading.counted) == span.days
    return reading.latest.end == span.end


def _is_settled(aim: Aim, value: Decimal) -> bool:
    """Say whether a sum has passed what decides: more can only add to it."""
    if aim.cap is not None:
        return value > aim.cap
    return aim.meets(value)


def _judge_running(period: Period, reading: Reading, criteria: Criteria, on: date) -> Result:
    """Judge what was reached so far by the share of the period that was over by then."""
    span, aim, as_of = period.span, period.aim, reading.as_of(on)
    fraction = share(reading.value, aim.floor) if aim.floor is not None else ONE
    then, now = (_expected(aim, span, day) for day in (as_of, on))
    if aim.cap is not None and reading.value > aim.cap:
        fraction, verdict = ZERO, Verdict(State.BEHIND, Reason.PERIOD_EXCEEDED)
    elif aim.meets(reading.value):
        verdict = Verdict(State.ON_TRACK, Reason.PERIOD_MET)
    else:
        verdict = compare(fraction, then, criteria)
    return Result(
        verdict.state,
        verdict.reason,
        fraction=fraction,
        expected=now,
        expected_then=then,
        as_of=as_of,
        due=span.due_on,
        steps=(
            *reading.steps(),
            period.step(on),
            *_explain_share(period, reading.value, fraction),
            *(_elapsed_step(span, day) for day in dict.fromkeys((as_of, on))),
            *verdict.steps,
        ),
    )


def _expected(aim: Aim, span: Span, day: date) -> Decimal:
    """A number to reach grows with the days; one not to exceed holds on every day."""
    return ONE if aim.floor is None else elapsed(span.start, span.end, day)


def _explain_share(period: Period, value: Decimal, fraction: Decimal) -> tuple[Step, ...]:
    if period.aim.floor is None:
        return ()
    values = {"period": period.span.label, "value": value, "target": period.aim.floor}
    return (Step(StepCode.PERIOD_SHARE, {**values, "fraction": rounded(fraction)}),)


def _elapsed_step(span: Span, day: date) -> Step:
    values = {
        "period": span.label,
        "day": day,
        "start": span.start,
        "end": span.end,
        "elapsed": days_between(span.start, min(day, span.end)),
        "days": span.days,
        "expected": rounded(elapsed(span.start, span.end, day)),
    }
    return Step(StepCode.PERIOD_ELAPSED, values)
