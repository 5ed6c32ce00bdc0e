"""What the pages of all levels have in common."""

import pytest
from django.utils.translation import override

from portal.common.level import missing_sentence
from portal.common.neighbours import neighbours


@pytest.mark.parametrize(
    ("current", "expected"),
    [("a", (None, "b")), ("b", ("a", "c")), ("c", ("b", None)), ("x", (None, None))],
)
def test_knows_the_neighbours(current, expected):
    assert neighbours(["a", "b", "c"], current) == expected


def test_an_only_child_has_no_neighbours():
    assert neighbours(["a"], "a") == (None, None)


def test_names_all_that_is_missing_in_one_place():
    with override("en"):
        sentence = missing_sentence(["the status", "milestones"], deliverer="City Office")

    assert "the status and milestones" in sentence
    assert "City Office" in sentence
    assert "deadline has not been published" in sentence


def test_says_by_when():
    with override("en"):
        sentence = missing_sentence(["the status"], deliverer="City", by="by the end of 2027")

    assert "2027" in sentence
    assert "not been published." not in sentence


@pytest.mark.parametrize("language", ["sl", "en"])
def test_says_nothing_where_nothing_is_missing(language):
    with override(language):
        assert missing_sentence([], deliverer="City") == ""
