"""The sum behind a state as a table for a spreadsheet (CSV, UTF-8, comma, full stop as decimal).

Columns: ``part`` (result, rule, input, target, observation, period, child, override or step),
``name``, ``value``, ``from`` and ``to`` (days), ``note``. Codes are those of docs/progress.md.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from .shown import ShownProgress
from .tables import csv_response

COLUMNS = ("part", "name", "value", "from", "to", "note")
Row = tuple[Any, ...]


def sum_as_csv(shown: ShownProgress) -> HttpResponse:
    """Answer with everything that led to the state of a record, as a file."""
    record = shown.record
    name = f"{record._meta.model_name}-{record.code}-{shown.moment.day}"
    return csv_response(name, COLUMNS, map(_padded, rows(shown)))


def _padded(row: Row) -> list[Any]:
    """Return as many cells as there are columns, numbers without idle zeros."""
    cells = [cell.normalize() if isinstance(cell, Decimal) else cell for cell in row]
    return cells + [None] * (len(COLUMNS) - len(row))


def rows(shown: ShownProgress) -> Iterator[Row]:
    """Yield the lines of the table; only the day and the first assessment before there is one."""
    yield "result", "code", shown.record.code
    yield "result", "day", shown.moment.day
    if shown.assessment is None:
        yield "result", "first assessment", shown.first_day
        return
    yield from _result(shown)
    yield from (_of_indicator(shown) if shown.inputs else _of_level(shown))
    for number, step in enumerate(shown.steps, start=1):
        for name, value in step.values.items():
            yield "step", f"{number} {step.code}: {name}", value


def _result(shown: ShownProgress) -> Iterator[Row]:
    assessment = shown.assessment
    yield "result", "state", assessment.state, timezone.localdate(assessment.valid_from)
    yield "result", "computed state", assessment.computed_state
    yield "result", "reason", assessment.reason
    yield "result", "fraction", assessment.fraction
    if shown.result:
        yield "result", "expected", shown.result.expected
        yield "result", "expected then", shown.result.expected_then, None, shown.result.as_of
    yield "result", "sample data", "yes" if assessment.is_sample else "no"
    if told := shown.override:
        yield "override", told["name"], told["state"], told["from"], told["until"], told["reason"]


def _of_indicator(shown: ShownProgress) -> Iterator[Row]:
    inputs = shown.inputs
    for name in ("kind", "direction", "accumulation", "rhythm_days", "confirmed_on"):
        yield "input", name, getattr(inputs, name)
    yield "input", "strategy", "", inputs.begins, inputs.ends
    if inputs.baseline:
        yield "input", "baseline", inputs.baseline.value, None, inputs.baseline.on
    for name, value in vars(inputs.criteria).items():
        yield "rule", name, value
    for aim in inputs.aims:
        yield "target", aim.operator, aim.value, None, aim.due_on, aim.per
        if aim.high is not None:
            yield "target", "high", aim.high
    for seen in inputs.observations:
        note = "provisional" if seen.provisional else ""
        yield "observation", seen.period, seen.value, seen.start, seen.end, note
    for day in inputs.events:
        yield "input", "event", "", day, day
    for period in shown.result.periods:
        yield "period", period.label, period.value, period.start, period.due_on, period.outcome


def _of_level(shown: ShownProgress) -> Iterator[Row]:
    for below in shown.children:
        note = f"leaves {below.leaves}" + (", set by a person" if below.overridden else "")
        yield "child", f"{below.subject.level} {below.code}", below.state, None, None, note
        yield "child", f"{below.subject.level} {below.code}: fraction", below.fraction
    for state, count in shown.counts:
        yield "result", f"count {state.value}", count
