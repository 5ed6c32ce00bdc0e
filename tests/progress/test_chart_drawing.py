"""What the renderer makes of each kind: light, harmless, readable in any theme."""

import gzip
import re
import struct
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import vl_convert
from django.utils.translation import override

from portal.pages.share_image import FONTS
from portal.progress.charts import theme
from portal.progress.charts.files import file_spec
from portal.progress.charts.specs import spec_of
from tests.common.test_contrast import rgb, tokens

from .chart_figures import COURSE, FIGURES

MOST_BYTES = 6 * 1024


@pytest.fixture(scope="module", autouse=True)
def fonts():
    vl_convert.register_font_directory(str(FONTS))


def page_svg(figure, size=theme.WIDE):
    drawn = vl_convert.vegalite_to_svg(spec_of(figure, size))
    return theme.for_page(drawn, figure.finding)


def file_svg(figure):
    drawn = vl_convert.vegalite_to_svg(file_spec(spec_of(figure, theme.WIDE), figure))
    return theme.for_file(drawn, figure.finding)


def letters(svg):
    nodes = ElementTree.fromstring(svg).iter(f"{{{theme.SVG}}}text")
    return " ".join("".join(node.itertext()) for node in nodes)


@pytest.mark.parametrize("language", ["sl", "en"])
@pytest.mark.parametrize("name", FIGURES)
def test_draws_what_may_stand_in_any_page(name, language):
    with override(language):
        svg = page_svg(FIGURES[name])

    root = ElementTree.fromstring(svg)
    names = {attribute for node in root.iter() for attribute in node.attrib}
    assert not names & {"style", "id", "class", "href", "font-family"}
    assert not re.search(r"<(script|style|image|use|foreignObject|a)\b", svg)
    assert not re.search(r"https?:|url\(", svg.replace(theme.SVG, ""))
    assert "NaN" not in svg
    assert len(gzip.compress(svg.encode())) <= MOST_BYTES


def test_scales_and_says_what_one_sees():
    root = ElementTree.fromstring(page_svg(COURSE))

    assert root.get("role") == "img"
    assert root.get("aria-label") == COURSE.finding
    assert root.get("viewBox").split()[2] == "680"
    assert "width" not in root.attrib


@pytest.mark.parametrize("name", FIGURES)
def test_takes_every_colour_from_the_page(name):
    svg = page_svg(FIGURES[name])

    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none", "transparent"}
    assert colours
    assert all(colour.startswith("var(--color-") for colour in colours)


@pytest.mark.parametrize("name", [name for name in FIGURES if name != "sparkline"])
def test_draws_files_in_literal_colours_with_their_title(name):
    svg = file_svg(FIGURES[name])

    assert "var(" not in svg
    assert theme.PAPER in svg
    assert COURSE.title in letters(svg)
    assert COURSE.finding in letters(svg)


def test_becomes_a_picture_of_twice_the_size():
    png = vl_convert.svg_to_png(file_svg(replace(COURSE, is_sample=True)), scale=2)

    width, _height = struct.unpack(">II", png[16:24])
    assert width == 2 * (680 + 24)


def test_literal_colours_are_those_of_the_light_theme():
    names = tokens("light")

    for name, colour in theme.palette().items():
        assert rgb(f"var(--color-{name})", names) == pytest.approx(rgb(colour, names), abs=0.004)


def test_takes_the_colour_of_another_city(settings):
    settings.BRAND_COLOUR = "#1f4fa3"

    assert "#1f4fa3" in file_svg(COURSE)
