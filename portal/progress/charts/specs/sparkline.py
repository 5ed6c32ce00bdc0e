"""The last values as a small line without words; its list says the rest."""

from ..figures import Sparkline
from ..theme import ACCENT, Size
from .axes import end_of, number_axis
from .parts import Canvas, across, canvas_spec, dot, layer

HEIGHT, MARGIN = 16, 6


def sparkline_spec(sparkline: Sparkline, size: Size) -> dict:
    values = sparkline.values
    numbers = number_axis([value.value for value in values])
    canvas = Canvas(size, HEIGHT, MARGIN, MARGIN, MARGIN, MARGIN)
    scale = {"nice": False, "zero": False}
    first, last = end_of(values[0].end), end_of(values[-1].end)
    place = {
        "x": across("x", scale={**scale, "domain": [first, max(last, first + 1)]}, axis=None),
        "y": across("y", scale={**scale, "domain": numbers.domain}, axis=None),
    }
    rows = [{"x": end_of(value.end), "y": float(value.value)} for value in values]
    line = layer({"type": "line", "stroke": ACCENT, "strokeWidth": 1.75}, rows, **place)
    end = dot(ACCENT, hollow=values[-1].provisional, size=26, strokeWidth=1.5)
    return canvas_spec(canvas, [line, layer({"type": "point", **end}, rows[-1:], **place)])
