"""Codes sort as people count."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.common.fields import CodeSortField, natural_key, validate_code

CODES = st.from_regex(r"\A[A-Za-z0-9]{1,8}(?:[._:-][A-Za-z0-9]{1,8}){0,4}\Z")


def test_sorts_numbers_as_numbers():
    codes = ["10", "2", "1.10", "1.2", "1.2-K10", "1.2-K9", "1"]

    assert sorted(codes, key=natural_key) == ["1", "1.2", "1.2-K9", "1.2-K10", "1.10", "2", "10"]


@given(st.integers(0, 10**8 - 1), st.integers(0, 10**8 - 1))
def test_keeps_the_order_of_numbers(one, other):
    assert (natural_key(f"A{one}") < natural_key(f"A{other}")) == (one < other)


@given(CODES.filter(lambda code: len(code) <= 40))
def test_key_of_any_code_fits_its_column(code):
    validate_code(code)

    assert len(natural_key(code)) <= CodeSortField().max_length


@pytest.mark.parametrize("code", ["1" * 40, "1a" * 20, "1." * 19 + "1"])
def test_key_of_the_longest_codes_fits_its_column(code):
    assert len(natural_key(code)) <= CodeSortField().max_length


@pytest.mark.parametrize(
    "code", ["", ".1", "1.", "1..2", "1 2", "1\n", "č", "１", "<b>", "1/2", "../1", "1\x00"]
)
def test_refuses_what_is_no_code(code):
    with pytest.raises(ValidationError):
        validate_code(code)
