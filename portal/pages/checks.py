"""Faults in a city's settings that would only show on its pages, said before the start."""

import re

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from .share_image import PAPER, mix

# WCAG 2.2, 1.4.3: the brand colour is the colour of links.
LEAST_CONTRAST = 4.5
# Under each setting the page of its theme, as static/css/tokens.css has it.
PAPERS = {"BRAND_COLOUR": PAPER, "BRAND_COLOUR_DARK": "#0e1612"}
TINT = 0.07


@register
def check_brand_colours(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Refuse a brand colour that is no ``#rrggbb`` or too faint to be read."""
    if not settings.BRAND_COLOUR:
        return []
    colours = {
        "BRAND_COLOUR": settings.BRAND_COLOUR,
        "BRAND_COLOUR_DARK": settings.BRAND_COLOUR_DARK or settings.BRAND_COLOUR,
    }
    faults = (_fault(name, colour) for name, colour in colours.items())
    return [fault for fault in faults if fault is not None]


def _fault(name: str, colour: str) -> CheckMessage | None:
    variable, dark = f"PORTAL_{name}", name.endswith("DARK")
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        return Error(
            f"{variable} is “{colour}”, which is not a colour.",
            hint="Write it as # and six hexadecimal digits, such as #0c6b43.",
            id="portal.E001",
        )
    paper = PAPERS[name]
    ratio = min(contrast(colour, ground) for ground in (paper, mix(colour, TINT, paper)))
    if ratio >= LEAST_CONTRAST:
        return None
    return Error(
        f"{colour} has a contrast of {ratio:.1f}:1 on {'dark' if dark else 'light'} pages;"
        f" links need {LEAST_CONTRAST}:1.",
        hint=f"Set {variable} to a {'lighter' if dark else 'darker'} tone.",
        id="portal.E002",
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two ``#rrggbb`` colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
