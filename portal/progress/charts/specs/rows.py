"""Rows along time: a title above, below it a bar, a line or the days at which something is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..figures import Event
from ..theme import ACCENT, EDGE, PAGE, TEXT, token
from .axes import LETTER, TimeAxis, end_of
from .outcomes import sign_mark
from .parts import Canvas, KeyEntry, across, clear_words, layer, time_scale

ROW, TITLE_AT, BAR_AT = 44, 12, 31
SEEN_DAYS = 21
LATE = token("behind")
DONE_MARK = {"shape": "diamond", "fill": ACCENT, "stroke": ACCENT, "size": 110, "opacity": 1}
DUE_MARK = {
    "shape": "diamond",
    "fill": PAGE,
    "stroke": TEXT,
    "strokeWidth": 1.6,
    "size": 110,
    "opacity": 1,
}
LATE_MARK = sign_mark("at_risk", LATE, 15)
DELAY = {"type": "rule", "stroke": EDGE, "strokeWidth": 1.5, "strokeDash": [3, 3]}


@dataclass(frozen=True)
class Placed:
    """An event in the row of this number."""

    row: int
    event: Event


def is_late(event: Event, today: date) -> bool:
    """Due before the month of ``today`` and not known to be done."""
    return bool(event.due_on and not event.done_on and event.due_on < today.replace(day=1))


def _has_delay(event: Event) -> bool:
    """Say whether it was done so long before or after its day that one can see it."""
    return bool(
        event.due_on and event.done_on and abs((event.done_on - event.due_on).days) >= SEEN_DAYS
    )


def title(text: str, row: int, canvas: Canvas) -> list[dict]:
    """Write a title above its row, cut where it would leave the picture."""
    letters = int((canvas.size.width - canvas.left) / LETTER)
    shown = shorten(text, letters, placeholder=" …")
    return clear_words(shown, 0, row * ROW + TITLE_AT, align="left", fill=TEXT)


def time_place(time: TimeAxis) -> dict:
    return {"x": across("x", scale=time_scale(time)), "y": across("y", scale=None)}


def event_layers(placed: Sequence[Placed], time: TimeAxis, today: date) -> list[dict]:
    """Draw what is due, done and late; a dotted line joins the day due to the day done."""
    place = time_place(time)
    delays = [
        {"x": end_of(p.event.due_on), "x2": end_of(p.event.done_on), "y": _y(p)}
        for p in placed
        if _has_delay(p.event)
    ]
    layers = [layer(DELAY, delays, **place, x2={"field": "x2"})] if delays else []
    for mark, chosen in (
        (DUE_MARK, [p for p in placed if not p.event.done_on and not is_late(p.event, today)]),
        (LATE_MARK, [p for p in placed if is_late(p.event, today)]),
        (DONE_MARK, [p for p in placed if p.event.done_on]),
    ):
        days = [(p.event.done_on or p.event.due_on, _y(p)) for p in chosen]
        rows = [{"x": end_of(day), "y": y} for day, y in days if day]
        if rows:
            layers.append(layer({"type": "point", **mark}, rows, **place))
    return layers


def _y(placed: Placed) -> float:
    return placed.row * ROW + BAR_AT


def event_key(events: Sequence[Event], today: date) -> list[KeyEntry]:
    entries = []
    if any(event.done_on for event in events):
        entries.append(KeyEntry(pgettext("milestone", "done"), DONE_MARK))
    if any(event.due_on and not event.done_on and not is_late(event, today) for event in events):
        entries.append(KeyEntry(pgettext("milestone", "due"), DUE_MARK))
    if any(is_late(event, today) for event in events):
        entries.append(KeyEntry(pgettext("milestone", "overdue, not known to be done"), LATE_MARK))
    if any(_has_delay(event) for event in events):
        entries.append(KeyEntry(_("from the day due to the day done"), DELAY))
    return entries
