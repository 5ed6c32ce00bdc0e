"""The steps of a project along time: due, done and overdue."""

from datetime import date

from django.utils.translation import pgettext

from ..figures import Milestones
from ..theme import RULE, SOFT, Size
from .axes import time_axis
from .parts import (
    Canvas,
    across,
    canvas_spec,
    key,
    key_lines,
    layer,
    month_mark,
    sample_mark,
    time_lines,
    words,
)
from .rows import BAR_AT, ROW, Placed, event_key, event_layers, title

MOST = 40


def milestones_spec(milestones: Milestones, size: Size) -> dict:
    events = milestones.events[:MOST]
    entries = event_key(events, milestones.today)
    canvas = Canvas(size, len(events) * ROW, left=16, right=16, top=30)
    lines = key_lines(entries, canvas)
    bottom = 48 + 20 * max(lines, 1) + 20 * milestones.is_sample
    canvas = Canvas(size, canvas.height, 16, 16, 30, bottom)
    time = time_axis(*_ends(milestones), canvas.width)
    placed = [Placed(row, event) for row, event in enumerate(events)]
    undated = [p for p in placed if not (p.event.due_on or p.event.done_on)]
    layers = [
        *month_mark(milestones.today, time, canvas),
        *time_lines(time, canvas),
        *_tracks([p for p in placed if p not in undated], canvas),
        *(part for p in placed for part in title(p.event.title, p.row, canvas)),
        *event_layers(placed, time, milestones.today),
        *(_without_a_day(p) for p in undated),
        *key(entries, canvas, canvas.height + 46),
        *sample_mark(canvas, milestones.is_sample),
    ]
    return canvas_spec(canvas, layers)


def _ends(milestones: Milestones) -> tuple[date, date]:
    days = [milestones.begins, milestones.ends]
    days += [day for event in milestones.events for day in (event.due_on, event.done_on)]
    known = [day for day in days if day]
    return min(known), max(known)


def _tracks(placed: list[Placed], canvas: Canvas) -> list[dict]:
    rows = [{"y": p.row * ROW + BAR_AT} for p in placed]
    mark = {"type": "rule", "stroke": RULE, "strokeWidth": 1}
    ends = {"x": {"value": 0}, "x2": {"value": canvas.width}}
    return [layer(mark, rows, y=across("y", scale=None), **ends)]


def _without_a_day(placed: Placed) -> dict:
    text = pgettext("milestone", "no day has been published")
    y = placed.row * ROW + BAR_AT
    return words(text, 0, y, align="left", fill=SOFT)
