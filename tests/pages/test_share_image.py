"""The share image is judged by eye; these tests hold what the eye has found right."""

import struct
from xml.etree import ElementTree

import pytest
import vl_convert

from portal.pages.share_image import (
    FONT,
    FONTS,
    HEIGHT,
    WIDTH,
    breadth,
    mix,
    set_title,
    share_image_svg,
)

LONG = "Razvoj digitalnih kompetenc meščank in meščanov ter žlahtno sodelovanje " * 6


def image(title="Čista voda", **changes):
    return share_image_svg(
        **{"title": title, "kicker": "Goal 1", "position": 1, "seed": "city", **changes}
    )


def texts(svg):
    return [
        line.text for line in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    ]


@pytest.mark.parametrize(
    "title", ["Voda", "Čista voda & <zrak>", LONG, "DIGITALIZACIJA " * 20, "x" * 300]
)
def test_keeps_the_title_left_of_the_picture(title):
    lines, size, _leading = set_title(title)

    assert lines
    assert max(map(breadth, lines)) * size * 0.5 < 790


def test_says_every_word_of_an_ordinary_title():
    svg = image("Razvoj digitalnih kompetenc meščank in meščanov")

    assert " ".join(texts(svg)[1:]) == "Razvoj digitalnih kompetenc meščank in meščanov"


def test_cuts_a_title_that_is_too_long():
    assert texts(image(LONG))[-1].endswith("…")


def test_takes_the_colour_of_another_city():
    assert "#1f4fa3" in image(brand="#1f4fa3")
    assert "#0c6b43" not in image(brand="#1f4fa3")


def test_mixes_colours_as_the_stylesheet_does():
    assert mix("#ffffff", 0.5, "#000000") == "#808080"


def test_becomes_a_picture_with_the_portals_own_letters():
    vl_convert.register_font_directory(str(FONTS))

    drawn = vl_convert.svg_to_png(image("Čšž ŠŽČ"))
    missing = vl_convert.svg_to_png(image("Čšž ŠŽČ").replace(FONT, "No such font"))

    assert struct.unpack(">II", drawn[16:24]) == (WIDTH, HEIGHT)
    assert drawn != missing
