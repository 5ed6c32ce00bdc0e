import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from portal.common import icons
from portal.common.art import FAMILIES, goal_pattern, pattern_markup, position_of
from portal.common.states import ProgressState, PublishedState


def test_same_goal_always_has_the_same_picture():
    first = goal_pattern(2, "city")
    goal_pattern.cache_clear()

    assert goal_pattern(2, "city") == first


def test_goals_look_different_even_past_the_last_family():
    pictures = {goal_pattern(position, "city") for position in range(len(FAMILIES) * 2 + 1)}

    assert len(pictures) == len(FAMILIES) * 2 + 1


@pytest.mark.parametrize(("code", "position"), [("3", 3), (7, 7), ("0", 0), ("", 0), (None, 0)])
def test_reads_the_position_from_a_code(code, position):
    assert position_of(code) == position


@pytest.mark.parametrize("code", ["A", "I.", "čista-voda"])
def test_gives_a_code_without_number_a_lasting_position(code):
    assert position_of(code) == position_of(code) > 0


def test_draws_literal_colours_where_no_stylesheet_reaches():
    shapes = goal_pattern(1, width=2, height=1)

    markup = pattern_markup(shapes, dict.fromkeys((1, 2, 3, 4), "#0c6b43"))

    assert markup.count("<path") == len(shapes)
    assert 'fill="#0c6b43"' in markup


def test_picture_follows_the_stylesheet_and_stays_silent():
    markup = render_to_string("components/goal_art.html", {"position": "4"})

    assert 'class="tone-2"' in markup
    assert 'aria-hidden="true"' in markup
    assert "style=" not in markup
    assert "fill=" not in markup


@pytest.mark.parametrize("state", sorted({*ProgressState.values, *PublishedState.values}))
def test_every_state_has_a_sign(state):
    assert Template("{% load art %}{% icon name %}").render(Context({"name": state}))


def test_states_that_differ_have_different_signs():
    signs = {
        state: (icons.STROKED[state], icons.FILLED.get(state))
        for state in ProgressState.values
        if state not in ("on_track",)
    }

    assert len(set(signs.values())) == len(signs)
