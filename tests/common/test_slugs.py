"""An address is derived from the title, is free, and never hides a page of the portal."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.common.slugs import MAX_SLUG_LENGTH, RESERVED_SLUGS, slug_of, validate_slug

WORDS = st.text(alphabet="aAčŠ -_.12đß/?&", max_size=120)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Čista voda za žejne", "cista-voda-za-zejne"),
        ("Đurđa & Łódź – groß", "durda-lodz-gross"),
        ("  Pametno   mesto!  ", "pametno-mesto"),
        ("foo_bar", "foo-bar"),
        ("e-Uprava 2.0", "e-uprava-20"),
    ],
)
def test_spells_titles_in_plain_letters(title, slug):
    assert slug_of(title) == slug


@pytest.mark.parametrize("title", ["", "!?", "中文", "\u200b"])
def test_falls_back_to_the_code_of_a_title_without_letters(title):
    assert slug_of(title, code="1.2") == "1-2"


def test_adds_the_code_where_a_slug_is_taken():
    assert slug_of("Voda", code="1.2.3", taken={"voda"}) == "voda-1-2-3"


def test_counts_where_the_code_is_taken_too():
    assert slug_of("Voda", code="1", taken={"voda", "voda-1"}) == "voda-1-2"


@pytest.mark.parametrize("word", sorted(RESERVED_SLUGS))
def test_leaves_the_words_of_the_portal_alone(word):
    assert slug_of(word, code="1") != word
    with pytest.raises(ValidationError):
        validate_slug(word)


@given(WORDS, st.sampled_from(["", "1", "1.2-K3", "A_1", "x" * 40]), st.integers(0, 3))
def test_derives_a_valid_and_free_address_from_any_title(title, code, rounds):
    taken: set[str] = set()

    for _ in range(rounds + 1):
        slug = slug_of(title, code=code, taken=taken)
        validate_slug(slug)
        assert slug not in taken
        assert len(slug) <= MAX_SLUG_LENGTH
        taken.add(slug)


@given(st.text(max_size=300))
def test_derives_a_valid_address_from_any_characters(title):
    validate_slug(slug_of(title, code="1.2"))


@pytest.mark.parametrize(
    "slug",
    ["", "-a", "a-", "a--b", "A", "č", "a b", "a/b", "a_b", "a.b", "a\n", "a\x00", "..", "%2e"],
)
def test_refuses_what_is_no_address(slug):
    with pytest.raises(ValidationError):
        validate_slug(slug)
