"""What is written comes back as the same words from every YAML reader."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from portal.content.reader import Mapping, Scalar, read_bytes
from portal.content.wording import tidy
from portal.content.yamlwriter import Number, to_yaml

words = st.text(max_size=60).map(tidy).filter(bool)
keys = st.from_regex(r"[a-z_]{1,10}", fullmatch=True)
trees = st.dictionaries(
    keys,
    st.recursive(
        words,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner),
        max_leaves=8,
    ),
    min_size=1,
)


def plain(node):
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    return [plain(item) for item in node.items]


@given(trees)
def test_our_reader_finds_the_same_words(tree):
    assert plain(read_bytes(to_yaml(tree).encode())) == tree


@given(words)
def test_a_reader_that_guesses_types_finds_text(word):
    assert yaml.safe_load(to_yaml({"key": word})) == {"key": word}


@pytest.mark.parametrize(
    "word",
    ["0o17", "1e5", "1_000", "12:30", "1.1", "010", "+1", ".5", "0x1F", "y", "N", "yes", "~", "="],
)
def test_quotes_what_a_reader_of_yaml_could_take_for_something_else(word):
    assert to_yaml({"key": word}) == f"key: '{word}'\n"


def test_writes_numbers_without_quotes():
    assert to_yaml({"a": Number("-1.5"), "b": Number("12")}) == "a: -1.5\nb: 12\n"


@given(words)
def test_tidying_twice_is_tidying_once(word):
    assert tidy(word) == word
