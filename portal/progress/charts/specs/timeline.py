"""The whole strategy along time: measures until their last target, projects, their milestones."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from portal.common.states import ProgressState

from ..figures import Event, Span, Timeline
from ..theme import EDGE, TEXT, Size, state_colour, token
from .axes import TimeAxis, end_of, start_of, time_axis
from .outcomes import sign_mark
from .parts import (
    Canvas,
    KeyEntry,
    across,
    canvas_spec,
    key,
    key_lines,
    layer,
    month_mark,
    sample_mark,
    time_lines,
    time_scale,
    words,
)
from .rows import BAR_AT, ROW, TITLE_AT, Placed, event_key, event_layers, title

PROJECT = {"stroke": EDGE, "fill": token("surface-strong")}


def timeline_spec(timeline: Timeline, size: Size) -> dict:
    placed, headings = _rows(timeline)
    last_row = max([row for row, _span in placed], default=0)
    events = [Placed(row, event) for row, span in placed for event in span.marks]
    entries = _key(placed, [p.event for p in events], timeline.today)
    canvas = Canvas(size, (last_row + 1) * ROW, left=12, right=22, top=30)
    lines = key_lines(entries, canvas)
    bottom = 48 + 20 * max(lines, 1) + 20 * timeline.is_sample
    canvas = Canvas(size, canvas.height, 12, 22, 30, bottom)
    time = time_axis(*_ends(timeline), canvas.width)
    layers = [
        *month_mark(timeline.today, time, canvas),
        *time_lines(time, canvas),
        *_bars(placed, time),
        *(part for row, span in placed for part in title(span.title, row, canvas)),
        *(_heading(text, row) for text, row in headings),
        *event_layers(events, time, timeline.today),
        *_states(placed, time),
        *key(entries, canvas, canvas.height + 46),
        *sample_mark(canvas, timeline.is_sample),
    ]
    return canvas_spec(canvas, layers)


def _rows(timeline: Timeline) -> tuple[list[tuple[int, Span]], list[tuple[str, int]]]:
    """Number the rows, with one for the heading of each of the two parts."""
    placed, headings, row = [], [], 0
    for text, spans in ((_("Measures"), timeline.measures), (_("Projects"), timeline.projects)):
        if spans:
            headings.append((text, row))
            placed += [(row + 1 + number, span) for number, span in enumerate(spans)]
            row += len(spans) + 1
    return placed, headings


def _heading(text: str, row: int) -> dict:
    y = row * ROW + TITLE_AT + 14
    return words(text, 0, y, align="left", fontWeight=600, fontSize=14, fill=TEXT)


def _ends(timeline: Timeline) -> tuple[date, date]:
    spans = [*timeline.measures, *timeline.projects]
    days = [span.start for span in spans] + [span.end for span in spans]
    for span in spans:
        days += [day for event in span.marks for day in (event.due_on, event.done_on) if day]
    return min(days), max(days)


def _bars(placed: Sequence[tuple[int, Span]], time: TimeAxis) -> list[dict]:
    looks = {span.state for _row, span in placed}
    layers = []
    for state in sorted(looks):
        rows = [
            {
                "x": start_of(span.start),
                "x2": end_of(span.end),
                "y": row * ROW + BAR_AT - 5,
                "y2": row * ROW + BAR_AT + 5,
            }
            for row, span in placed
            if span.state == state
        ]
        look = {"fill": state_colour(state), "fillOpacity": 0.22} if state else PROJECT
        mark = {"type": "rect", "cornerRadius": 2, "stroke": state_colour(state), **look}
        x = {"x": across("x", scale=time_scale(time)), "x2": {"field": "x2"}}
        y = {"y": across("y", scale=None), "y2": {"field": "y2"}}
        layers.append(layer(mark, rows, **x, **y))
    return layers


def _states(placed: Sequence[tuple[int, Span]], time: TimeAxis) -> list[dict]:
    """At the end of a measure's bar stands the sign of its state."""
    layers = []
    for state in sorted({span.state for _row, span in placed} - {""}):
        rows = [
            {"x": end_of(span.end), "y": row * ROW + BAR_AT}
            for row, span in placed
            if span.state == state
        ]
        mark = {"type": "point", **sign_mark(state, state_colour(state), 15), "xOffset": 13}
        place = {"x": across("x", scale=time_scale(time)), "y": across("y", scale=None)}
        layers.append(layer(mark, rows, **place))
    return layers


def _key(placed: Sequence[tuple[int, Span]], events: list[Event], today: date) -> list[KeyEntry]:
    present = {span.state for _row, span in placed}
    states = [
        KeyEntry(str(state.label), sign_mark(state.value, state_colour(state.value), 15))
        for state in ProgressState
        if state.value in present
    ]
    return [*states, *event_key(events, today)]
