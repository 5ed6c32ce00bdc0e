"""Specs are pure: the same figure gives the same drawing, and every mark says what it should."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.common.icons import STROKED
from portal.progress.charts.figures import Knot
from portal.progress.charts.signs import sign
from portal.progress.charts.specs import spec_of
from portal.progress.charts.specs.axes import number_axis, time_axis
from portal.progress.charts.specs.labels import Box, free_place
from portal.progress.charts.specs.parts import Canvas
from portal.progress.charts.theme import NARROW, PAGE, WIDE, token

from .chart_figures import COURSE, FIGURES, PERIODS, TODAY, value

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
NUMBERS = st.decimals(-(10**15), 10**15, places=4)


def marks(spec, kind):
    return [part["mark"] for part in spec["layer"] if part["mark"]["type"] == kind]


def texts(spec):
    return [mark["text"] for mark in marks(spec, "text")]


def written(spec):
    return json.dumps(spec, ensure_ascii=False)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda size: size.name)
@pytest.mark.parametrize("name", FIGURES)
def test_is_as_wide_as_asked(name, size):
    spec = spec_of(FIGURES[name], size)

    padding = spec["padding"]
    assert spec["width"] + padding["left"] + padding["right"] == pytest.approx(size.width)


@pytest.mark.parametrize("name", [name for name in FIGURES if name != "sparkline"])
def test_changes_with_the_month_not_with_the_day(name):
    figure = FIGURES[name]
    then, later = TODAY.replace(day=2), TODAY + timedelta(days=40)

    assert spec_of(replace(figure, today=then), WIDE) == spec_of(figure, WIDE)
    if name not in ("mosaic", "periods by month"):
        assert spec_of(replace(figure, today=later), WIDE) != spec_of(figure, WIDE)


@pytest.mark.parametrize("name", [name for name in FIGURES if name != "sparkline"])
def test_says_within_the_picture_that_it_is_a_sample(name):
    figure = FIGURES[name]

    with override("sl"):
        real, sample = (spec_of(replace(figure, is_sample=is_it), WIDE) for is_it in (False, True))

    assert "vzorčni podatki" not in texts(real)
    assert "vzorčni podatki" in texts(sample)


def test_shows_provisional_values_hollow_and_corrected_ones_square():
    points = marks(spec_of(COURSE, WIDE), "point")

    looks = {(point["shape"], point["fill"] == PAGE) for point in points}
    assert {("circle", False), ("square", False), ("circle", True)} <= looks


def test_draws_no_line_where_there_is_one_value():
    spec = spec_of(replace(COURSE, values=COURSE.values[:1], path=()), WIDE)

    assert not marks(spec, "line")


def test_missed_periods_differ_by_sign_and_colour():
    points = marks(spec_of(PERIODS, WIDE), "point")

    looks = {(point["shape"], point["stroke"]) for point in points}
    assert (sign("achieved"), token("achieved")) in looks
    assert (sign("discontinued"), token("behind")) in looks


@pytest.mark.parametrize(("language", "shown"), [("sl", "61,5"), ("en", "61.5")])
def test_writes_numbers_as_the_language_does(language, shown):
    with override(language):
        spec = spec_of(replace(COURSE, values=COURSE.values[:1]), WIDE)

    assert shown in texts(spec)


@pytest.mark.parametrize(("language", "shown"), [("sl", "november 2026"), ("en", "November 2026")])
def test_names_the_month_in_the_language(language, shown):
    with override(language):
        assert shown in texts(spec_of(COURSE, WIDE))


def test_draws_numbers_of_fifteen_digits():
    huge = [value(2024, "99999999999.9999"), value(2025, "-99999999999.9999")]

    spec = spec_of(replace(COURSE, values=tuple(huge)), NARROW)

    assert "NaN" not in written(spec)


def test_draws_a_target_beside_an_equal_value_apart():
    path = (*COURSE.path[:1], Knot(date(2025, 12, 31), Decimal(180)))

    spec = spec_of(replace(COURSE, path=path), WIDE)

    places = [
        (part["encoding"]["x"]["value"], part["encoding"]["y"]["value"])
        for part in spec["layer"]
        if part["mark"].get("text") == "180"
    ]
    assert len(set(places)) == 2


def test_finds_another_place_for_a_label_when_one_is_taken():
    canvas = Canvas(WIDE, 200)
    above = free_place("180", 300, 100, [], canvas)

    below = free_place("180", 300, 100, [Box(300, above.y, 10, 8)], canvas)

    assert above.y < 100 < below.y


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_number_axis_holds_every_value_with_few_ticks(numbers):
    axis = number_axis(numbers)

    assert axis.ticks[0] <= min(numbers) <= max(numbers) <= axis.ticks[-1]
    assert 2 <= len(axis.ticks) <= 7


@given(DAYS, st.integers(0, 36000), st.booleans())
def test_time_axis_holds_every_day_and_keeps_labels_apart(first, days, at_ends):
    axis = time_axis(first, first + timedelta(days), 300, at_ends=at_ends)

    places = [300 * axis.share(place) for place, _text in axis.labels]
    assert axis.first <= first <= first + timedelta(days) <= axis.last
    assert all(later - before > 30 for before, later in pairwise(places))


@pytest.mark.parametrize("name", STROKED)
def test_signs_stay_within_their_square(name):
    numbers = [float(part) for part in sign(name).split() if not part.isalpha()]

    assert numbers
    assert all(-2 <= number <= 2 for number in numbers)
