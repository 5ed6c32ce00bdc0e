"""Where a label can stand without covering what is there already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .axes import TimeAxis, breadth
from .parts import MONTH_AT, Canvas, month_name, month_place, month_span, within

HALF_HEIGHT, AWAY = 8, 16


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels around ``x`` and ``y``, so far to each side."""

    x: float
    y: float
    half_width: float
    half_height: float

    def touches(self, other: "Box") -> bool:
        near = abs(self.x - other.x) < self.half_width + other.half_width
        return near and abs(self.y - other.y) < self.half_height + other.half_height


def free_place(text: str, x: float, y: float, taken: Sequence[Box], canvas: Canvas) -> Box:
    """Return the first free place around a point: above, below, left, right; else above."""
    half = breadth(text) / 2 + 2
    beside = half + AWAY / 2 + 2
    places = [(x, y - AWAY), (x, y + AWAY + 1), (x - beside, y), (x + beside, y)]
    boxes = [
        Box(within(at, text, canvas), height, half, HALF_HEIGHT)
        for at, height in places
        if height < canvas.height + HALF_HEIGHT / 2
    ]
    inside = [box for box in boxes if box.x + half <= canvas.width + canvas.right]
    free = (box for box in inside if not any(box.touches(other) for other in taken))
    return next(free, boxes[0])


def month_box(today: date, time: TimeAxis, canvas: Canvas) -> list[Box]:
    """Return the place that the name of the month takes, if it is there."""
    span, name = month_span(today, time), month_name(today, canvas.size)
    if span is None:
        return []
    return [Box(month_place(span, name, time, canvas), MONTH_AT, breadth(name) / 2, HALF_HEIGHT)]
