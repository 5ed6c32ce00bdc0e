"""Obligations that return: a meeting a month, a report every even year or after each survey."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from .arithmetic import ONE, ZERO
from .observations import Reading
from .periods import MONTHS, Span, calendar_spans, event_spans
from .returning import Period, complete, judge_past, not_due_yet, periods_of
from .types import Aim, Inputs, Operator, Outcome, Per, Reason, Result, State, Step, StepCode

# A rhythm in days means the nearest calendar period, because observations speak of such: up to so
# many days it is a month, a quarter, half a year, a year; longer is two years.
_RHYTHMS = ((45, 1), (135, 3), (270, 6), (545, 12))


def judge_recurring(inputs: Inputs, aims: Sequence[Aim], on: date) -> Result:
    """Judge how many of the periods that are due were kept."""
    aims = [_at_least_once(aim) for aim in aims] or [Aim(Operator.AT_LEAST, ONE)]
    per = aims[0].per
    if per == Per.EVENT:
        return _after_events(inputs, aims, on)
    if per in MONTHS:
        spans = calendar_spans(inputs, MONTHS[per], on, even=per == Per.EVEN_YEAR)
        return _judge(inputs, aims, spans, on)
    if not inputs.rhythm_days:
        return Result(State.NOT_MEASURABLE, Reason.NO_RHYTHM)
    months = next((months for most, months in _RHYTHMS if inputs.rhythm_days <= most), 24)
    result = _judge(inputs, aims, calendar_spans(inputs, months, on), on)
    rhythm = Step(StepCode.RHYTHM, {"rhythm_days": inputs.rhythm_days, "months": months})
    return replace(result, steps=(rhythm, *result.steps))


def obligation_outcome(period: Period, inputs: Inputs, on: date) -> Outcome:
    """Say what became of a period in which something is to be done at least once.

    It is kept as soon as enough was done, even late. It is missed only if somebody has said that
    too little was done; silence is unknown.
    """
    span, reading = period.span, period.reading
    if on < span.start:
        return Outcome.COMING
    over = on > min(span.end, span.due_on)
    if reading and period.aim.meets(reading.value) and (period.aim.cap is None or over):
        return Outcome.KEPT
    if on <= span.due_on:
        return Outcome.RUNNING
    return Outcome.MISSED if reading else Outcome.UNKNOWN


def _at_least_once(aim: Aim) -> Aim:
    return replace(aim, operator=Operator.AT_LEAST, value=ONE) if aim.value is None else aim


def _after_events(inputs: Inputs, aims: Sequence[Aim], on: date) -> Result:
    spans = event_spans(inputs)
    result = _judge(inputs, aims, spans, on)
    return replace(result, reason=Reason.NO_EVENT) if result.reason == Reason.NO_PERIOD else result


def _judge(inputs: Inputs, aims: Sequence[Aim], spans: Sequence[Span], on: date) -> Result:
    periods = periods_of(inputs, aims, spans, obligation_outcome, on)
    result = (
        judge_past(inputs, periods, on)
        or _first_running(periods, on)
        or not_due_yet(inputs, spans, on)
    )
    answers = [_answered(p, p.reading) for p in periods if aims[0].per == Per.EVENT and p.reading]
    steps = (*(step for step in answers if step), *result.steps)
    return complete(replace(result, steps=steps), inputs, periods, on)


def _first_running(periods: Sequence[Period], on: date) -> Result | None:
    for period in periods:
        if period.outcome == Outcome.RUNNING and period.reading:
            return Result(
                State.ON_TRACK,
                Reason.FIRST_PERIOD_RUNNING,
                due=period.span.due_on,
                steps=(*period.reading.steps(), period.step(on)),
            )
    return None


def _answered(period: Period, reading: Reading) -> Step | None:
    """Say when enough was done after an event, and how many days late."""
    total = ZERO
    for seen in reading.counted:
        total += seen.value
        if period.aim.meets(total):
            values = {
                "event": period.span.start,
                "delivered": seen.end,
                "due": period.span.due_on,
                "late": max(0, (seen.end - period.span.due_on).days),
            }
            return Step(StepCode.ANSWERED, values)
    return None
