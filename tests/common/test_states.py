"""The nine states: one vocabulary with a word, a meaning, a sign and a colour each."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from indicators.calculations.codes import State
from portal.common.icons import STROKED
from portal.common.states import ProgressState

CSS = Path(settings.BASE_DIR) / "static" / "css"


def test_calculations_and_pages_share_the_states_and_their_order():
    assert [state.value for state in State] == ProgressState.values


@pytest.mark.parametrize("state", ProgressState)
def test_each_has_a_sign_of_its_own(state):
    assert STROKED[state.value]


@pytest.mark.parametrize("state", ProgressState)
def test_each_has_its_colour(state):
    tokens = (CSS / "tokens.css").read_text()
    rules = (CSS / "status.css").read_text()

    assert f"{state.token}:" in tokens
    own = re.search(rf'\[data-status="{state.value}"\][^{{]*{{ --state: var\((--[\w-]+)\)', rules)
    assert own[1] == state.token


@pytest.mark.parametrize("language", ["sl", "en"])
def test_words_and_meanings_differ(language):
    with override(language):
        words = {str(state.label) for state in ProgressState}
        meanings = {str(state.meaning) for state in ProgressState}

    assert len(words) == len(meanings) == len(ProgressState)
