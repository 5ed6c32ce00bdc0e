"""What several charts are made of: the canvas, text, lines of time, the month, the key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..theme import GROUND, PAGE, RULE, SAMPLE, SOFT, Size, config
from .axes import NumberAxis, TimeAxis, axis, breadth, end_of, month_short, start_of


@dataclass(frozen=True)
class Canvas:
    """The place for the drawing, in pixels, within a picture as wide as ``size``."""

    size: Size
    height: float
    left: float = 12
    right: float = 12
    top: float = 30
    bottom: float = 30

    @property
    def width(self) -> float:
        return self.size.width - self.left - self.right


@dataclass(frozen=True)
class KeyEntry:
    """A mark and its meaning; ``mark`` are properties of a Vega-Lite point or rule."""

    text: str
    mark: dict = field(default_factory=dict)


def layer(mark: dict, rows: Sequence[dict] | None = None, **encoding) -> dict:
    """Return a layer; without ``rows`` it is drawn once."""
    return {"data": {"values": list(rows or [{}])}, "mark": mark, "encoding": encoding}


def across(name: str, **properties) -> dict:
    """Encode a number of the rows by its place on an axis."""
    return {"field": name, "type": "quantitative", **properties}


def words(text: str, x: float, y: float, **mark) -> dict:
    """Write a text at a place in pixels."""
    return layer({"type": "text", "text": text, **mark}, x={"value": x}, y={"value": y})


def clear_words(text: str, x: float, y: float, **mark) -> list[dict]:
    """Write a text that may cross lines: a seam in the colour of the page keeps it legible."""
    seam = {"stroke": PAGE, "strokeWidth": 4, "strokeJoin": "round"}
    return [words(text, x, y, **{**mark, **seam, "fill": PAGE}), words(text, x, y, **mark)]


def canvas_spec(canvas: Canvas, layers: Iterable[dict], **properties) -> dict:
    """Return the whole specification."""
    padding = {"left": canvas.left, "right": canvas.right}
    padding |= {"top": canvas.top, "bottom": canvas.bottom}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": canvas.width,
        "height": canvas.height,
        "padding": padding,
        "autosize": "none",
        "background": None,
        "layer": list(layers),
        "config": config(),
        **properties,
    }


def sample_mark(canvas: Canvas, is_sample: bool) -> list[dict]:
    """Say within the picture that its numbers are invented."""
    if not is_sample:
        return []
    place = {"x": -canvas.left + 2, "y": canvas.height + canvas.bottom - 9}
    text = _("sample data")
    return [words(text, **place, align="left", fill=SAMPLE, fontWeight=600)]


def time_scale(time: TimeAxis) -> dict:
    return {"domain": time.domain, "nice": False, "zero": False}


def time_lines(time: TimeAxis, canvas: Canvas, *, top: float = 0) -> list[dict]:
    """Draw where years or months turn, from ``top`` pixels down, with their names below."""
    rows = [{"x": line} for line in time.lines]
    lines = layer(
        {"type": "rule", "stroke": RULE, "strokeWidth": 1},
        rows,
        x=across("x", scale=time_scale(time), axis=axis(time.labels)),
        y={"value": top},
        y2={"value": canvas.height + 5},
    )
    return [lines]


def month_name(today: date, size: Size) -> str:
    short = f"{month_short(today)} {today.year}"
    return date_format(today, "F Y") if size.name == "wide" else short


def within(x: float, text: str, canvas: Canvas) -> float:
    """Return the place nearest to ``x`` at which a centred text stays in the picture."""
    half = breadth(text) / 2
    return min(max(x, half - canvas.left + 2), canvas.width + canvas.right - half - 2)


MONTH_AT = -15  # pixels above the drawing


def month_span(today: date, time: TimeAxis) -> tuple[int, int] | None:
    """Return the part of the current month that is within the picture, None if it is outside."""
    first = today.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    if last < time.first or first > time.last:
        return None
    return start_of(max(first, time.first)), end_of(min(last, time.last))


def month_place(span: tuple[int, int], name: str, time: TimeAxis, canvas: Canvas) -> float:
    """Return where the name of the month has its middle."""
    return within(canvas.width * time.share(sum(span) / 2), name, canvas)


def month_mark(today: date, time: TimeAxis, canvas: Canvas) -> list[dict]:
    """Mark the current month, if it is within the picture, and name it above."""
    span = month_span(today, time)
    if span is None:
        return []
    band = layer(
        {"type": "rect", "fill": GROUND},
        [dict(zip(("x", "x2"), span, strict=True))],
        x=across("x", scale=time_scale(time)),
        x2={"field": "x2"},
        y={"value": -6},
        y2={"value": canvas.height},
    )
    name = month_name(today, canvas.size)
    place = month_place(span, name, time, canvas)
    return [band, words(name, place, MONTH_AT, align="center", fill=SOFT)]


def number_encoding(numbers: NumberAxis, name: str = "y", **properties) -> dict:
    scale = {"domain": numbers.domain, "nice": False, "zero": False}
    return across(name, scale=scale, axis=axis(numbers.labels, **properties))


def key(entries: Sequence[KeyEntry], canvas: Canvas, top: float) -> list[dict]:
    """Explain marks in one or several lines, the first at ``top`` pixels."""
    layers, x, y = [], -canvas.left + 8, top
    for entry in entries:
        room = breadth(entry.text) + 34
        if x > 0 and x + room > canvas.width + canvas.right:
            x, y = -canvas.left + 8, y + 20
        layers.append(_key_mark(entry.mark, x, y))
        layers.append(words(entry.text, x + 14, y, fill=SOFT, align="left"))
        x += room
    return layers


def key_lines(entries: Sequence[KeyEntry], canvas: Canvas) -> int:
    """Return how many lines ``key`` needs."""
    lines, x = 1 if entries else 0, -canvas.left + 8
    for entry in entries:
        room = breadth(entry.text) + 34
        if x > 0 and x + room > canvas.width + canvas.right:
            lines, x = lines + 1, -canvas.left + 8
        x += room
    return lines


def _key_mark(mark: dict, x: float, y: float) -> dict:
    if mark.get("type") == "rule":
        place = {"x": {"value": x - 8}, "x2": {"value": x + 8}, "y": {"value": y}}
        return layer(mark, **place)
    return layer({"type": "point", **mark}, x={"value": x}, y={"value": y})


def dot(colour: str, *, hollow: bool = False, **properties) -> dict:
    """Return the mark of a value: filled, or hollow where it is not final."""
    fill = PAGE if hollow else colour
    return {
        "fill": fill,
        "stroke": colour,
        "strokeWidth": 2,
        "opacity": 1,
        "size": 62,
        **properties,
    }
