"""Patterns that give each goal a picture of its own.

A pattern is a grid of tiles, drawn from one family of motifs per goal. It depends on nothing but
its arguments, so a goal looks the same on every page and share image. Shapes carry a tone (1 to 4),
not a colour: the stylesheet decides what a tone looks like in light and dark.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from random import Random
from zlib import crc32

TILE = 8
DEEP, MAIN, SOFT, WARM = 1, 2, 3, 4

Motif = Callable[[int, int, Random], Iterator[tuple[int, str]]]


@dataclass(frozen=True)
class Shape:
    """Everything a pattern paints in one tone, as one SVG path."""

    tone: int
    path: str


def quarter_disc(x: int, y: int, corner: int, radius: int) -> str:
    """A quarter of a disc centred on one corner of the tile (0 is top left, then clockwise)."""
    cx, cy = x + (TILE if corner in (1, 2) else 0), y + (TILE if corner in (2, 3) else 0)
    across = radius if corner in (0, 3) else -radius
    down = radius if corner in (0, 1) else -radius
    sweep = 1 if corner in (0, 2) else 0
    return f"M{cx} {cy}h{across}a{radius} {radius} 0 0 {sweep} {-across} {down}z"


def disc(x: float, y: float, radius: float) -> str:
    """A disc centred on the point."""
    return (
        f"M{x - radius:g} {y:g}a{radius:g} {radius:g} 0 0 1 {2 * radius:g} 0"
        f"a{radius:g} {radius:g} 0 0 1 {-2 * radius:g} 0z"
    )


def leaves(x: int, y: int, random: Random) -> Iterator[tuple[int, str]]:
    """Leaves that lean one way or the other, a few of them in bud."""
    tone = random.choice((DEEP, MAIN, MAIN, SOFT, SOFT))
    if random.random() < 0.1:
        yield WARM, disc(x + 4, y + 4, 2.5)
    elif random.random() < 0.5:
        yield tone, f"M{x} {y}a8 8 0 0 1 8 8a8 8 0 0 1-8-8z"
    else:
        yield tone, f"M{x + 8} {y}a8 8 0 0 1-8 8a8 8 0 0 1 8-8z"


def arches(x: int, y: int, random: Random) -> Iterator[tuple[int, str]]:
    """Arches of a bridge or an arcade, some with a light in them."""
    tone = random.choice((DEEP, MAIN, MAIN, SOFT))
    yield tone, f"M{x} {y + 8}v-4a4 4 0 0 1 8 0v4h-2v-4a2 2 0 0 0-4 0v4z"
    if random.random() < 0.16:
        yield WARM, disc(x + 4, y + 5.5, 1)
    elif random.random() < 0.3:
        yield SOFT, f"M{x + 2.75:g} {y + 8}v-4a1.25 1.25 0 0 1 2.5 0v4z"


def rings(x: int, y: int, random: Random) -> Iterator[tuple[int, str]]:
    """Quarter rings, like ripples that meet at the corners."""
    corner = random.randrange(4)
    tone = random.choice((DEEP, MAIN, SOFT))
    yield tone, quarter_disc(x, y, corner, 8) + quarter_disc(x, y, corner, 5)
    yield random.choice((MAIN, SOFT, WARM)), quarter_disc(x, y, corner, 2)


def roofs(x: int, y: int, random: Random) -> Iterator[tuple[int, str]]:
    """Triangles that read as roofs and hills."""
    shape = random.randrange(4)
    tone = random.choice((DEEP, MAIN, SOFT))
    if shape == 0:
        yield tone, f"M{x} {y + 8}h8v-8z"
    elif shape == 1:
        yield tone, f"M{x} {y}v8h8z"
    elif shape == 2:
        yield tone, f"M{x} {y + 8}l4-8 4 8z"
    else:
        yield SOFT, f"M{x} {y + 8}l4-4 4 4z"
        if random.random() < 0.4:
            yield WARM, disc(x + 4, y + 2, 1.25)


def nodes(x: int, y: int, random: Random) -> Iterator[tuple[int, str]]:
    """Points of a network and the lines between them."""
    if random.random() < 0.62:
        yield SOFT, f"M{x + 4} {y + 3.5:g}h8v1h-8z"
    if random.random() < 0.62:
        yield SOFT, f"M{x + 3.5:g} {y + 4}h1v8h-1z"
    yield (
        random.choice((DEEP, DEEP, MAIN, MAIN, WARM)),
        disc(x + 4, y + 4, random.choice((1.25, 2, 2.75))),
    )


def columns(x: int, y: int, random: Random) -> Iterator[tuple[int, str]]:
    """Columns of unequal height: a colonnade, or a chart."""
    for offset in (0.75, 4.75):
        height = random.choice((2.5, 4, 5.5, 8))
        tone = random.choice((DEEP, MAIN, MAIN, SOFT))
        yield tone, f"M{x + offset:g} {y + 8}v{-height:g}h2.5v{height:g}z"
        if height == 4 and random.random() < 0.35:
            yield WARM, disc(x + offset + 1.25, y + 2, 1.25)


def waves(x: int, y: int, random: Random) -> Iterator[tuple[int, str]]:
    """Strands of a river, two to a tile."""
    for offset in (1, 5):
        tone = random.choice((DEEP, MAIN, MAIN, SOFT, SOFT))
        yield tone, f"M{x} {y + offset}q2-2 4 0t4 0v2q-2 2-4 0t-4 0z"
    if random.random() < 0.09:
        yield WARM, disc(x + 4, y + 4, 1.5)


def sails(x: int, y: int, random: Random) -> Iterator[tuple[int, str]]:
    """Half discs that turn about the middle of the tile."""
    tone = random.choice((DEEP, MAIN, SOFT))
    yield (
        tone,
        random.choice(
            (
                f"M{x} {y + 4}a4 4 0 0 1 8 0z",
                f"M{x} {y + 4}a4 4 0 0 0 8 0z",
                f"M{x + 4} {y}a4 4 0 0 1 0 8z",
                f"M{x + 4} {y}a4 4 0 0 0 0 8z",
            )
        ),
    )
    if random.random() < 0.12:
        yield WARM, disc(x + 4, y + 4, 1.5)


FAMILIES: tuple[Motif, ...] = (leaves, nodes, arches, rings, columns, waves, roofs, sails)
MIXED: tuple[Motif, ...] = (leaves, leaves, arches, rings, rings, waves, roofs, sails)


def position_of(code: int | str) -> int:
    """Turn the code of a goal into its position; a code that is no number gets a lasting one."""
    text = str(code or 0)
    return int(text) if text.isdecimal() else crc32(text.encode()) % 1000 + 1


@lru_cache(maxsize=256)
def goal_pattern(
    position: int, seed: str = "", width: int = 8, height: int = 4
) -> tuple[Shape, ...]:
    """Draw the pattern of the goal at ``position`` (from 1); 0 stands for the whole strategy.

    ``width`` and ``height`` count tiles. Goals past the last family start over with other tiles.
    """
    random = Random(f"{position}/{seed}/{width}x{height}")  # noqa: S311 (ornament, no secret)
    paths: dict[int, list[str]] = {}
    for row in range(height):
        for column in range(width):
            motif = FAMILIES[(position - 1) % len(FAMILIES)] if position else random.choice(MIXED)
            for tone, path in motif(column * TILE, row * TILE, random):
                paths.setdefault(tone, []).append(path)
    painted = [tone for tone in (SOFT, MAIN, DEEP, WARM) if tone in paths]
    return tuple(Shape(tone, "".join(paths[tone])) for tone in painted)


def pattern_markup(shapes: tuple[Shape, ...], colours: Mapping[int, str]) -> str:
    """Write the shapes as SVG paths with literal colours, where no stylesheet reaches."""
    return "".join(
        f'<path fill="{escape(colours[shape.tone])}" fill-rule="evenodd" d="{shape.path}"/>'
        for shape in shapes
    )
