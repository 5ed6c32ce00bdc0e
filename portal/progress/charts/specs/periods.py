"""A number for each period as a bar, with the target across and a sign for what became of it."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import pgettext

from indicators.calculations.types import Outcome
from portal.common.wording import number

from ..figures import Periods, Turn
from ..theme import ACCENT, SOFT, TEXT, Size, token
from .axes import NumberAxis, TimeAxis, breadth, end_of, number_axis, start_of, time_axis
from .outcomes import outcome_mark, outcome_word
from .parts import (
    Canvas,
    KeyEntry,
    across,
    canvas_spec,
    clear_words,
    key,
    key_lines,
    layer,
    month_mark,
    number_encoding,
    sample_mark,
    time_lines,
    time_scale,
    words,
)

TARGET = {"type": "rule", "stroke": TEXT, "strokeWidth": 1.5, "strokeDash": [5, 4]}
# A period that is over is solid, one that is not is an outline; a missed one has its colour.
_COLOURS = {Outcome.MISSED: token("behind"), Outcome.UNKNOWN: token("quiet")}
_OPEN = (Outcome.RUNNING, Outcome.UNKNOWN)
SIGN_PIXELS, SIGN_ROOM = 14, 22
MOST_PIXELS = 64  # of a bar


def periods_spec(periods: Periods, size: Size) -> dict:
    targets = [side for side in (periods.bounds.low, periods.bounds.high) if side is not None]
    measured = [turn.value for turn in periods.turns if turn.value is not None]
    every = [Decimal(0), *measured, *targets]
    numbers = number_axis(every, whole=all(value == value.to_integral_value() for value in every))
    right = 12 + max(breadth(number(value)) for value in targets)
    canvas = Canvas(size, 210, left=numbers.breadth + 14, right=right, top=44)
    entries, signs = _key(periods, canvas), SIGN_ROOM * _has_signs(periods, canvas)
    lines = max(key_lines(entries, canvas), 1) + periods.is_sample
    canvas = replace(canvas, bottom=44 + signs + 20 * lines)
    time = time_axis(periods.turns[0].start, periods.turns[-1].end, canvas.width)
    layers = [
        *month_mark(periods.today, time, canvas),
        *time_lines(time, canvas, top=canvas.height),
        *_bars(periods.turns, time, numbers, canvas),
        *(part for value in targets for part in _target(value, numbers, canvas)),
        *_value_labels(periods.turns, time, numbers, canvas),
        *(_signs(periods.turns, time, canvas) if signs else ()),
        words(periods.unit, -canvas.left + 4, -34, align="left", fill=SOFT),
        *key(entries, canvas, canvas.height + 44 + signs),
        *sample_mark(canvas, periods.is_sample),
    ]
    return canvas_spec(canvas, layers)


def _has_signs(periods: Periods, canvas: Canvas) -> bool:
    """Say whether a sign for each period fits; else bars and the line of the target must do."""
    return len(periods.turns) * (SIGN_PIXELS + 1) <= canvas.width


def _y(value: Decimal, numbers: NumberAxis, canvas: Canvas) -> float:
    return canvas.height * (1 - numbers.share(value))


def _target(value: Decimal, numbers: NumberAxis, canvas: Canvas) -> list[dict]:
    ends = {"x": {"value": 0}, "x2": {"value": canvas.width}}
    line = layer(TARGET, [{"y": float(value)}], y=number_encoding(numbers), **ends)
    place = {"x": canvas.width + 5, "y": _y(value, numbers, canvas)}
    return [line, words(number(value), **place, align="left", fontWeight=600, fill=TEXT)]


def _bars(
    turns: tuple[Turn, ...], time: TimeAxis, numbers: NumberAxis, canvas: Canvas
) -> list[dict]:
    layers = []
    known = [turn for turn in turns if turn.value is not None]
    most_days = MOST_PIXELS * (time.domain[1] - time.domain[0]) / canvas.width
    for look in sorted({_look(turn) for turn in known}):
        rows = [_bar(turn, most_days) for turn in known if _look(turn) == look]
        place = {"x": across("x", scale=time_scale(time)), "x2": {"field": "x2"}}
        rise = {"y": number_encoding(numbers), "y2": {"field": "y2"}}
        layers.append(layer({"type": "rect", **_bar_look(*look)}, rows, **place, **rise))
    return layers


def _bar_look(hollow: bool, colour: str) -> dict:
    return {
        "fill": colour,
        "fillOpacity": 0.15 if hollow else 1,
        "stroke": colour,
        "strokeWidth": 1.5,
    }


def _look(turn: Turn) -> tuple[bool, str]:
    hollow = turn.provisional or turn.outcome in _OPEN
    return hollow, _COLOURS.get(turn.outcome, ACCENT)


def _bar(turn: Turn, most_days: float) -> dict:
    """Place a bar in the middle of its period, four fifths as wide, at most so many days."""
    start, end = start_of(turn.start), end_of(turn.end)
    middle, half = (start + end) / 2, min((end - start) * 0.4, most_days / 2)
    return {"x": middle - half, "x2": middle + half, "y": float(turn.value), "y2": 0}


def _middle(turn: Turn, time: TimeAxis, canvas: Canvas) -> float:
    return canvas.width * time.share((start_of(turn.start) + end_of(turn.end)) / 2)


def _value_labels(
    turns: tuple[Turn, ...], time: TimeAxis, numbers: NumberAxis, canvas: Canvas
) -> list[dict]:
    """Write each value above its bar, as long as there is room for all."""
    texts = [(turn, number(turn.value)) for turn in turns if turn.value is not None]
    if any(breadth(text) + 6 > canvas.width / len(turns) for _turn, text in texts):
        return []
    layers = []
    for turn, text in texts:
        place = {"x": _middle(turn, time, canvas), "y": _y(turn.value, numbers, canvas) - 10}
        layers += clear_words(text, **place, align="center", fontWeight=600, fill=TEXT)
    return layers


def _signs(turns: tuple[Turn, ...], time: TimeAxis, canvas: Canvas) -> list[dict]:
    """Set a sign below each period."""
    layers = []
    for outcome in Outcome:
        rows = [{"x": _middle(turn, time, canvas)} for turn in turns if turn.outcome == outcome]
        if rows:
            mark = {"type": "point", **outcome_mark(outcome, SIGN_PIXELS)}
            place = {"x": across("x", scale=None), "y": {"value": canvas.height + 38}}
            layers.append(layer(mark, rows, **place))
    return layers


def _key(periods: Periods, canvas: Canvas) -> list[KeyEntry]:
    """Explain the signs, or the bars where signs do not fit."""
    with_signs = _has_signs(periods, canvas)
    shown = {turn.outcome for turn in periods.turns if with_signs or turn.value is not None}
    entries = [
        KeyEntry(
            outcome_word(outcome),
            outcome_mark(outcome, SIGN_PIXELS) if with_signs else _swatch(outcome),
        )
        for outcome in Outcome
        if outcome in shown
    ]
    if any(turn.provisional for turn in periods.turns):
        mark = {"shape": "square", "size": 110, **_bar_look(True, ACCENT)}
        entries.append(KeyEntry(pgettext("chart", "provisional"), mark))
    return [*entries, KeyEntry(pgettext("chart", "target"), TARGET)]


def _swatch(outcome: Outcome) -> dict:
    look = _bar_look(outcome in _OPEN, _COLOURS.get(outcome, ACCENT))
    return {"shape": "square", "size": 110, **look}
