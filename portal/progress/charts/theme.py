"""How every chart looks: the site's colours and letters, for a page and for a file.

A stored picture takes its colours from the page (``var(--color-…)``), so that one drawing follows
light and dark; a file has no page around it and gets those of the light theme.
"""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from django.conf import settings

from portal.pages.share_image import BRAND, mix

DESIGN = 1  # raise it when the drawing changes, so that every chart is made anew
FONT = "Commissioner Chart"
PAPER = "#fcfdfb"
SVG = "http://www.w3.org/2000/svg"
_TOKEN = re.compile(r"var\(--color-([a-z-]+)\)")


@dataclass(frozen=True)
class Size:
    """The width of a whole picture in pixels."""

    name: str
    width: int


WIDE, NARROW, LINE = Size("wide", 680), Size("narrow", 330), Size("narrow", 96)


def token(name: str) -> str:
    """Return a colour of the page by its meaning."""
    return f"var(--color-{name})"


TEXT, SOFT, RULE, EDGE = (token(name) for name in ("text", "text-soft", "rule", "field-border"))
PAGE, GROUND, ACCENT = token("page"), token("surface-strong"), token("accent")
SAMPLE = token("at-risk")
# What a state has no colour of its own for is quiet.
STATE_COLOURS = {
    state: token(state.replace("_", "-"))
    for state in ("achieved", "on_track", "at_risk", "behind", "stale")
}


def state_colour(state: str) -> str:
    return STATE_COLOURS.get(state, token("quiet"))


def palette() -> dict[str, str]:
    """Return the colours of the light theme, the city's own included."""
    brand = settings.BRAND_COLOUR or BRAND
    return {
        "text": "#13211a",
        "text-soft": "#48564e",
        "rule": "#d6ddd8",
        "field-border": "#73817a",
        "page": PAPER,
        "surface-strong": mix(brand, 0.14, PAPER),
        "accent": brand,
        "achieved": "#12693f",
        "on-track": "#12693f",
        "at-risk": "#855200",
        "behind": "#a12a22",
        "stale": "#855200",
        "quiet": "#535f58",
    }


def config() -> dict:
    """Return the Vega-Lite configuration of every chart."""
    return {
        "aria": False,  # one text alternative for the whole picture, not one for each mark
        "font": FONT,
        "view": {"stroke": None},
        "text": {"font": FONT, "fontSize": 12, "fill": TEXT, "baseline": "middle"},
        "axis": {
            "domain": False,
            "ticks": False,
            "title": None,
            "labelFont": FONT,
            "labelFontSize": 12,
            "labelColor": SOFT,
            "labelPadding": 8,
            "labelOverlap": False,
            "labelFlush": False,
            "gridColor": RULE,
        },
        "axisX": {"grid": False},
    }


def for_page(svg: str, description: str) -> str:
    """Make a drawing ready to stand in a page: scaled by the style sheet, in the page's letters.

    ``description`` becomes its text alternative. What vl-convert adds for a viewer with scripts is
    left out: half of the bytes.
    """
    root = _slim(svg)
    for name in ("width", "height"):
        root.attrib.pop(name, None)
    for node in root.iter():
        node.attrib.pop("font-family", None)
    return _described(root, description)


def for_file(svg: str, description: str) -> str:
    """Make a drawing ready to stand alone: literal colours on a ground of their own."""
    root = _slim(svg)
    ground = ElementTree.Element(f"{{{SVG}}}rect", width="100%", height="100%", fill=PAPER)
    root.insert(0, ground)
    for node in root.iter():
        if "font-family" in node.attrib:
            node.set("font-family", f"{FONT}, Commissioner, system-ui, sans-serif")
    colours = palette()
    return _TOKEN.sub(lambda found: colours[found[1]], _described(root, description))


def _described(root: ElementTree.Element, description: str) -> str:
    root.set("role", "img")
    root.set("aria-label", description)
    return ElementTree.tostring(root, encoding="unicode")


def _slim(svg: str) -> ElementTree.Element:
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("class") in ("background", "foreground"):
                parent.remove(child)
    for node in root.iter():
        for name in list(node.attrib):
            if name in ("class", "role", "pointer-events", "version") or name.startswith("aria-"):
                del node.attrib[name]
        if node.get("opacity") == "1":
            del node.attrib["opacity"]
        if "transform" in node.attrib:
            node.set("transform", re.sub(r"(\.\d\d)\d+", r"\1", node.attrib["transform"]))
    return root
