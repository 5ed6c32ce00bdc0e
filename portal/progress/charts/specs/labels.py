"""Where a label can stand without covering what is there already."""

from collections.abc import Sequence
from dataclasses import dataclass

from .axes import breadth
from .parts import Canvas, within

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
