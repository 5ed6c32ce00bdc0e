"""Numbers are read in the convention that was chosen, never guessed."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.staff.observations.number import (
    Convention,
    other_reading,
    read_number,
    understood,
    write_number,
)

COMMA, POINT = Convention.COMMA, Convention.POINT
values = st.decimals(-(10**11) + 1, 10**11 - 1, places=4, allow_nan=False)


@pytest.mark.parametrize(
    ("convention", "text", "value"),
    [
        (COMMA, "1.234,56", "1234.56"),
        (COMMA, "1234,56", "1234.56"),
        (COMMA, "1.234", "1234"),
        (COMMA, "1,234", "1.234"),
        (COMMA, " 12 ", "12"),
        (COMMA, "-0,5", "-0.5"),
        (COMMA, "\u22120,5", "-0.5"),
        (COMMA, "-0", "0"),
        (COMMA, "12345678901,1234", "12345678901.1234"),
        (POINT, "1,234.56", "1234.56"),
        (POINT, "1.234", "1.234"),
        (POINT, "1,234", "1234"),
        (POINT, "1,234,567", "1234567"),
    ],
)
def test_reads_numbers_in_the_chosen_convention(convention, text, value):
    assert str(read_number(text, convention)) == value


REFUSED = [
    ("", "no value"),
    ("  ", "no value"),
    ("1,234.56", "other convention"),
    ("1.5", "other convention"),
    ("0.1", "other convention"),
    ("1.2345,6", "do not stand"),
    ("1..234", "do not stand"),
    (",5", "do not stand"),
    ("5,", "do not stand"),
    ("12 %", "percent"),
    ("12%", "percent"),
    ("1e3", "exponent"),
    ("1e999", "exponent"),
    ("1 234", "spaces"),
    ("1\u00a0234", "spaces"),
    ("1\u2009234", "spaces"),
    ("1\u202f234,5", "spaces"),
    ("١٢", "digits 0 to 9"),
    ("１２", "digits 0 to 9"),
    ("²", "digits 0 to 9"),
    ("NaN", "not a number"),
    ("Infinity", "not a number"),
    ("-inf", "not a number"),
    ("0x10", "not a number"),
    ("1_000", "not a number"),
    ("+5", "not a number"),
    ("--5", "not a number"),
    ("=1+1", "not a number"),
    ("12\x00", "not a number"),
    ("1,23456", "4 decimals"),
    ("1,00000", "4 decimals"),
    ("123456789012", "11 digits"),
    ("9" * 5000, "do not stand"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_refuses_everything_else_with_the_reason(text, reason):
    with override("en"), pytest.raises(ValidationError) as refused:
        read_number(text, COMMA)

    assert reason in refused.value.messages[0]
    assert len(refused.value.messages[0]) < 200


@given(values, st.sampled_from(Convention), st.booleans())
def test_reads_what_it_writes(value, convention, grouped):
    text = write_number(value, convention, grouped=grouped)

    assert read_number(text, convention) == value


@given(st.text(max_size=20), st.sampled_from(Convention))
def test_never_fails_otherwise(text, convention):
    try:
        value = read_number(text, convention)
    except ValidationError:
        return

    assert value.is_finite()
    assert read_number(write_number(value, convention), convention) == value


@given(st.text(alphabet="0123456789.,-", max_size=12))
def test_agrees_in_both_conventions_or_says_so(text):
    try:
        first, second = (read_number(text, convention) for convention in (COMMA, POINT))
    except ValidationError:
        return

    assert (other_reading(text, COMMA) is None) == (first == second)


def test_sets_thousands_apart_so_that_a_mark_parts_decimals():
    assert understood(Decimal("1234567.8"), COMMA) == "1\u00a0234\u00a0567,8"
    assert other_reading("1.234", COMMA) == Decimal("1.234")
    assert other_reading("1.234,5", COMMA) is None
