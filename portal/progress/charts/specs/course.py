"""A number on its way: values as a line, the target path dashed, the month marked."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.common.wording import number

from ..figures import Course, Knot, Value
from ..theme import ACCENT, EDGE, GROUND, SOFT, TEXT, Size
from .axes import NumberAxis, TimeAxis, end_of, number_axis, time_axis
from .labels import Box, free_place, month_box
from .parts import (
    Canvas,
    KeyEntry,
    across,
    canvas_spec,
    clear_words,
    dot,
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

DASH = [5, 4]
PATH = {"type": "line", "stroke": EDGE, "strokeWidth": 1.5, "strokeDash": DASH}
TARGET = {"shape": "diamond", "fill": "transparent", "stroke": TEXT, "strokeWidth": 1.5, "size": 90}
DOT_ROOM = 12  # pixels; closer dots would be a thick line
SHAPES = {False: "circle", True: "square"}


def course_spec(course: Course, size: Size) -> dict:
    numbers = number_axis(_numbers(course), whole=_are_whole(course))
    entries = _key(course)
    canvas = Canvas(size, height=230, left=numbers.breadth + 14, right=26, top=44)
    lines = key_lines(entries, canvas)
    canvas = Canvas(
        size,
        canvas.height,
        canvas.left,
        canvas.right,
        44,
        44 + 20 * (max(lines, 1) + course.is_sample),
    )
    time = _time(course, canvas.width)
    layers = [
        *month_mark(course.today, time, canvas),
        *time_lines(time, canvas, top=canvas.height),
        *_bounds(course, numbers),
        *_path(course.path, time, numbers),
        *_values(course.values, time, numbers, canvas.width),
        *_labels(course, time, numbers, canvas),
        words(course.unit, -canvas.left + 4, -34, align="left", fill=SOFT),
        *key(entries, canvas, canvas.height + 44),
        *sample_mark(canvas, course.is_sample),
    ]
    return canvas_spec(canvas, layers)


def _numbers(course: Course) -> list[Decimal]:
    """Return all that must be within the picture; something where there is nothing."""
    found = [value.value for value in course.values] + [knot.value for knot in course.path]
    if course.bounds:
        found += [side for side in (course.bounds.low, course.bounds.high) if side is not None]
    return found or [Decimal(0), Decimal(1)]


def _are_whole(course: Course) -> bool:
    return all(value == value.to_integral_value() for value in _numbers(course))


def _time(course: Course, width: float) -> TimeAxis:
    days = [value.end for value in course.values] + [knot.day for knot in course.path]
    days += [day for day in (course.begins, course.ends) if day]
    days.append(course.today.replace(day=1))  # so that one sees how old the last value is
    yearly = bool(course.values) and all(len(value.period) == 4 for value in course.values)
    return time_axis(min(days), max(days), width, at_ends=yearly)


def _place(time: TimeAxis, numbers: NumberAxis) -> dict:
    return {"x": across("x", scale=time_scale(time)), "y": number_encoding(numbers)}


def _path(path: tuple[Knot, ...], time: TimeAxis, numbers: NumberAxis) -> list[dict]:
    rows = [{"x": end_of(knot.day), "y": float(knot.value)} for knot in path]
    targets = [row for row, knot in zip(rows, path, strict=True) if knot.is_target]
    layers = [layer(PATH, rows, **_place(time, numbers))] if len(path) > 1 else []
    if targets:
        layers.append(
            layer({"type": "point", "opacity": 1, **TARGET}, targets, **_place(time, numbers))
        )
    return layers


def _bounds(course: Course, numbers: NumberAxis) -> list[dict]:
    """Shade where values should stay, with a dashed line at each end."""
    if not course.bounds:
        return []
    low, high = numbers.domain
    sides = [side for side in (course.bounds.low, course.bounds.high) if side is not None]
    lower = float(low if course.bounds.low is None else course.bounds.low)
    upper = float(high if course.bounds.high is None else course.bounds.high)
    shade = layer(
        {"type": "rect", "fill": GROUND, "opacity": 0.6},
        [{"y": lower, "y2": upper}],
        y=number_encoding(numbers),
        y2={"field": "y2"},
    )
    edges = layer(
        {"type": "rule", "stroke": EDGE, "strokeWidth": 1.5, "strokeDash": DASH},
        [{"y": float(side)} for side in sides],
        y=number_encoding(numbers),
    )
    return [shade, edges]


def _values(
    values: tuple[Value, ...], time: TimeAxis, numbers: NumberAxis, width: float
) -> list[dict]:
    rows = [{"x": end_of(value.end), "y": float(value.value)} for value in values]
    place = _place(time, numbers)
    layers = []
    if len(rows) > 1:
        layers.append(layer({"type": "line", "stroke": ACCENT, "strokeWidth": 2.5}, rows, **place))
    dense = _are_dense(values, time, width)
    dotted = [
        (row, _marks(value))
        for row, value in zip(rows, values, strict=True)
        if not dense or any(_marks(value)) or value is values[-1]
    ]
    for marks in sorted({marks for _row, marks in dotted}):
        chosen = [row for row, others in dotted if others == marks]
        layers.append(layer({"type": "point", **_dot(*marks)}, chosen, **place))
    return layers


def _are_dense(values: tuple[Value, ...], time: TimeAxis, width: float) -> bool:
    if len(values) < 2:
        return False
    share = time.share(end_of(values[-1].end)) - time.share(end_of(values[0].end))
    return share * width / (len(values) - 1) < DOT_ROOM


def _marks(value: Value) -> tuple[bool, bool]:
    return value.provisional, value.revised


def _dot(provisional: bool, revised: bool) -> dict:
    return dot(ACCENT, hollow=provisional, shape=SHAPES[revised])


def _labels(course: Course, time: TimeAxis, numbers: NumberAxis, canvas: Canvas) -> list[dict]:
    """Write the last value and the targets beside their marks, where nothing else stands."""

    def place(day: date, value: Decimal) -> tuple[float, float]:
        return canvas.width * time.share(end_of(day)), canvas.height * (1 - numbers.share(value))

    targets = [knot for knot in course.path if knot.is_target]
    points = [place(value.end, value.value) for value in course.values]
    points += [place(knot.day, knot.value) for knot in targets]
    taken = [Box(x, y, 7, 7) for x, y in points] + month_box(course.today, time, canvas)
    layers = []
    for value in course.values[-1:]:
        box = free_place(number(value.value), *place(value.end, value.value), taken, canvas)
        taken.append(box)
        look = {"fontWeight": 600, "fontSize": 14, "fill": ACCENT}
        layers += clear_words(number(value.value), box.x, box.y, align="center", **look)
    for knot in targets:
        box = free_place(number(knot.value), *place(knot.day, knot.value), taken, canvas)
        taken.append(box)
        look = {"fontWeight": 600, "fill": TEXT}
        layers += clear_words(number(knot.value), box.x, box.y, align="center", **look)
    return layers


def _key(course: Course) -> list[KeyEntry]:
    """Explain what is in this picture and not plain."""
    entries = []
    if any(value.provisional for value in course.values):
        entries.append(KeyEntry(pgettext("chart", "provisional"), _dot(True, False)))
    if any(value.revised for value in course.values):
        entries.append(KeyEntry(pgettext("chart", "corrected"), _dot(False, True)))
    if any(knot.is_target for knot in course.path):
        entries.append(KeyEntry(pgettext("chart", "target"), {"opacity": 1, **TARGET}))
    if len(course.path) > 1 or course.bounds:
        text = _("path to the target") if course.path else pgettext("chart", "limit")
        entries.append(KeyEntry(text, {**PATH, "type": "rule"}))
    return entries
