"""A goal at a glance: for each objective a row of cells, one for each measure or indicator."""

from textwrap import shorten

from portal.common.states import ProgressState

from ..figures import Mosaic, Tile
from ..theme import SOFT, TEXT, Size, state_colour
from .axes import LETTER
from .outcomes import sign_mark
from .parts import Canvas, KeyEntry, across, canvas_spec, key, key_lines, layer, sample_mark, words

CELL_WIDTH, CELL_HEIGHT, GAP, HEADING = 62, 48, 6, 26
Placed = tuple[Tile, float, float]


def mosaic_spec(mosaic: Mosaic, size: Size) -> dict:
    groups = [group for group in mosaic.groups if group.tiles]
    room = Canvas(size, 0, 12, 12).width
    columns = int(room // CELL_WIDTH)
    placed: list[Placed] = []
    headings, y = [], 0.0
    for group in groups:
        headings.append((f"{group.code} {group.title}", y))
        for number, tile in enumerate(group.tiles):
            row, column = divmod(number, columns)
            top = y + HEADING + row * (CELL_HEIGHT + GAP)
            placed.append((tile, column * CELL_WIDTH, top))
        y = placed[-1][2] + CELL_HEIGHT + 2 * GAP
    entries = _key(placed)
    canvas = Canvas(size, y, 12, 12, 12)
    lines = key_lines(entries, canvas)
    canvas = Canvas(size, y, 12, 12, 12, 26 + 20 * lines + 20 * mosaic.is_sample)
    layers = [
        *(_heading(text, top, canvas) for text, top in headings),
        *_cells(placed),
        *(_code(tile, x, top) for tile, x, top in placed),
        *key(entries, canvas, canvas.height + 18),
        *sample_mark(canvas, mosaic.is_sample),
    ]
    return canvas_spec(canvas, layers)


def _heading(text: str, top: float, canvas: Canvas) -> dict:
    shown = shorten(text, int(canvas.width / LETTER), placeholder=" …")
    return words(shown, 0, top + 12, align="left", fontWeight=600, fill=TEXT)


def _cells(placed: list[Placed]) -> list[dict]:
    layers = []
    for state in ProgressState.values:
        chosen = [(x, top) for tile, x, top in placed if tile.state == state]
        if chosen:
            layers += _cells_of(state, chosen)
    return layers


def _cells_of(state: str, chosen: list[tuple[float, float]]) -> list[dict]:
    """A box in the colour of the state with its sign; where nothing is known the edge is dashed."""
    colour, inner = state_colour(state), CELL_WIDTH - GAP
    boxes = [{"x": x, "x2": x + inner, "y": top, "y2": top + CELL_HEIGHT} for x, top in chosen]
    signs = [{"x": x + inner / 2, "y": top + 17} for x, top in chosen]
    dashed = {"strokeDash": [3, 3]} if state in ("no_data", "not_measurable") else {}
    box = {"type": "rect", "cornerRadius": 3, "fill": colour, "fillOpacity": 0.12, "stroke": colour}
    place = {"x": across("x", scale=None), "y": across("y", scale=None)}
    return [
        layer({**box, **dashed}, boxes, **place, x2={"field": "x2"}, y2={"field": "y2"}),
        layer({"type": "point", **sign_mark(state, colour, 17)}, signs, **place),
    ]


def _code(tile: Tile, x: float, top: float) -> dict:
    place = {"x": x + (CELL_WIDTH - GAP) / 2, "y": top + 38}
    return words(tile.code, **place, align="center", fontSize=11, fill=SOFT, limit=CELL_WIDTH - 10)


def _key(placed: list[Placed]) -> list[KeyEntry]:
    present = {tile.state for tile, _x, _top in placed}
    return [
        KeyEntry(str(state.label), sign_mark(state.value, state_colour(state.value), 15))
        for state in ProgressState
        if state.value in present
    ]
