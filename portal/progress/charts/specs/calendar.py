"""What fell due when: a cell with a sign for each period, by year and month or in order."""

from indicators.calculations.types import Outcome

from ..figures import Calendar, Turn
from ..theme import GROUND, RULE, SOFT, TEXT, Size
from .axes import breadth, month_short
from .outcomes import outcome_mark, outcome_word
from .parts import Canvas, KeyEntry, across, canvas_spec, key, key_lines, layer, sample_mark, words

CELL_HEIGHT, GAP, YEAR_ROOM = 40, 4, 46
# A row of months is narrower on a small screen; other cells hold a year or a date.
MOST_CELLS = {"wide": 10, "narrow": 5}


def calendar_spec(calendar: Calendar, size: Size) -> dict:
    places = _by_month(calendar.turns) if calendar.by_month else _in_rows(calendar.turns, size)
    rows = max(row for _turn, row, _column in places) + 1
    columns = 12 if calendar.by_month else MOST_CELLS[size.name]
    left, top = (YEAR_ROOM, 30) if calendar.by_month else (12, 14)
    step = CELL_HEIGHT + GAP + (0 if calendar.by_month else 20)
    entries = _key(calendar)
    canvas = Canvas(size, rows * step, left, 12, top)
    lines = key_lines(entries, canvas)
    canvas = Canvas(size, rows * step, left, 12, top, 24 + 20 * lines + 20 * calendar.is_sample)
    width = min(canvas.width / columns, 64)
    cells = [_cell(turn, row, column, width, step, calendar.today) for turn, row, column in places]
    layers = [
        *_boxes(cells, width),
        *_signs(cells, width),
        *(_month_names(places, width) if calendar.by_month else _names(cells, width)),
        *key(entries, canvas, canvas.height + 18),
        *sample_mark(canvas, calendar.is_sample),
    ]
    return canvas_spec(canvas, layers)


def _by_month(turns: tuple[Turn, ...]) -> list[tuple[Turn, int, int]]:
    first = turns[0].start.year
    return [(turn, turn.start.year - first, turn.start.month - 1) for turn in turns]


def _in_rows(turns: tuple[Turn, ...], size: Size) -> list[tuple[Turn, int, int]]:
    most = MOST_CELLS[size.name]
    return [(turn, *divmod(number, most)) for number, turn in enumerate(turns)]


def _cell(turn: Turn, row: int, column: int, width: float, step: float, today) -> dict:
    return {
        "x": column * width,
        "y": row * step,
        "outcome": turn.outcome,
        "name": turn.label,
        "now": turn.start <= today <= turn.end,
    }


def _boxes(cells: list[dict], width: float) -> list[dict]:
    """The period that is running has a strong edge."""
    layers = []
    for now in (False, True):
        rows = [
            {"x": c["x"], "x2": c["x"] + width - GAP, "y": c["y"], "y2": c["y"] + CELL_HEIGHT}
            for c in cells
            if c["now"] is now
        ]
        edge = {"stroke": TEXT, "strokeWidth": 1.5} if now else {"stroke": RULE, "strokeWidth": 1}
        mark = {"type": "rect", "fill": GROUND if now else "transparent", "cornerRadius": 3, **edge}
        place = {"x": across("x", scale=None), "x2": {"field": "x2"}}
        if rows:
            rise = {"y": across("y", scale=None), "y2": {"field": "y2"}}
            layers.append(layer(mark, rows, **place, **rise))
    return layers


def _signs(cells: list[dict], width: float) -> list[dict]:
    layers = []
    for outcome in Outcome:
        rows = [
            {"x": cell["x"] + (width - GAP) / 2, "y": cell["y"] + CELL_HEIGHT / 2}
            for cell in cells
            if cell["outcome"] == outcome
        ]
        if rows:
            mark = {"type": "point", **outcome_mark(outcome, 18 if width > 24 else 14)}
            place = {"x": across("x", scale=None), "y": across("y", scale=None)}
            layers.append(layer(mark, rows, **place))
    return layers


def _names(cells: list[dict], width: float) -> list[dict]:
    """The name of a period stands below its cell."""
    return [
        words(
            cell["name"],
            cell["x"] + (width - GAP) / 2,
            cell["y"] + CELL_HEIGHT + 10,
            align="center",
            fill=SOFT,
            limit=width,
            fontSize=12 if breadth(cell["name"]) < width else 11,
        )
        for cell in cells
    ]


def _month_names(places: list[tuple[Turn, int, int]], width: float) -> list[dict]:
    """Months above, years to the left."""
    months = {column: turn.start for turn, _row, column in places}
    years = {row: turn.start.year for turn, row, _column in places}
    letters = 3 if width > 30 else 1
    above = [
        words(
            month_short(day)[:letters],
            column * width + (width - GAP) / 2,
            -12,
            align="center",
            fill=SOFT,
        )
        for column, day in months.items()
    ]
    return above + [
        words(str(year), -10, row * (CELL_HEIGHT + GAP) + CELL_HEIGHT / 2, align="right", fill=SOFT)
        for row, year in years.items()
    ]


def _key(calendar: Calendar) -> list[KeyEntry]:
    present = {turn.outcome for turn in calendar.turns}
    return [
        KeyEntry(outcome_word(outcome), outcome_mark(outcome))
        for outcome in Outcome
        if outcome in present
    ]
