"""The picture that stands for a page where its address is shared, as SVG with literal colours.

The worker turns it into PNG; the font lies beside this module as no browser is there to load one.
"""

from html import escape
from pathlib import Path
from textwrap import shorten, wrap

from portal.common.art import (
    DEEP,
    MAIN,
    SOFT,
    TILE,
    WARM,
    goal_pattern,
    pattern_markup,
    position_of,
)

FONTS = Path(__file__).parent / "fonts"
FONT = "Commissioner Share"
WIDTH, HEIGHT = 1200, 630
ART_WIDTH = 420
MARGIN = 64
TILES_ACROSS, TILES_DOWN = 6, 9

BRAND, WARM_COLOUR, TEXT, SOFT_TEXT, PAPER = "#0c6b43", "#e2aa3c", "#f5faf6", "#c6dacd", "#fcfdfb"

# Letters a line, size, line height (pixels) and lines; the first that holds the title is taken.
SIZES = ((16, 78, 84, 3), (19, 66, 72, 4), (23, 54, 62, 5), (29, 43, 52, 6))


def mix(one: str, share: float, other: str) -> str:
    """Blend two ``#rrggbb`` colours as ``color-mix(in srgb, …)`` does in the stylesheet."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in pairs)


def breadth(text: str) -> float:
    """Estimate the width of a text in average letters: capitals take more room than ``i``."""
    return sum(1.35 if letter.isupper() or letter in "mw—" else 1 for letter in text)


def set_title(title: str) -> tuple[list[str], int, int]:
    """Break ``title`` into lines; return them with the size and the line height in pixels."""
    for letters, size, leading, most in SIZES:
        lines = wrap(title, letters, break_long_words=False)
        if len(lines) <= most and all(breadth(line) <= letters + 2 for line in lines):
            return lines, size, leading
    narrower = int(letters * len(title) / breadth(title))
    return wrap(title, narrower, max_lines=most, placeholder=" …"), size, leading


def text_line(text: str, y: int, size: int, colour: str) -> str:
    return (
        f'<text x="{MARGIN}" y="{y}" font-family="{FONT}" font-size="{size}" fill="{colour}">'
        f"{escape(text)}</text>"
    )


def share_image_svg(
    *, title: str, kicker: str, position: int | str, seed: str, brand: str = BRAND
) -> str:
    """Draw the share image of a page: what it is (``kicker``), its title and its goal's pattern.

    ``position`` is the code of the goal or its number, 0 for the whole strategy; ``brand`` is the
    city's colour on light pages, ``#rrggbb``; all but the warm accent derives from it.
    """
    ground, art_ground = mix(brand, 0.52, "#04120b"), mix(brand, 0.14, PAPER)
    tones = {
        DEEP: mix(brand, 0.72, "#000000"),
        MAIN: brand,
        SOFT: mix(brand, 0.34, PAPER),
        WARM: WARM_COLOUR,
    }
    lines, size, leading = set_title(title)
    first = (HEIGHT - leading * (len(lines) - 1)) // 2 + size // 3
    scale = HEIGHT / (TILES_DOWN * TILE)
    art = pattern_markup(goal_pattern(position_of(position), seed, TILES_ACROSS, TILES_DOWN), tones)
    words = "".join(
        text_line(line, first + leading * number, size, TEXT) for number, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>'
        f'<rect x="{WIDTH - ART_WIDTH}" width="{ART_WIDTH}" height="{HEIGHT}" fill="{art_ground}"/>'
        f'<g transform="translate({WIDTH - ART_WIDTH}) scale({scale:g})">{art}</g>'
        f"{text_line(shorten(kicker, 46, placeholder=' …'), 96, 26, SOFT_TEXT)}{words}"
        "</svg>"
    )
