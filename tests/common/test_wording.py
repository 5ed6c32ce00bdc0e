"""Numbers, money and comparison of texts, in the words of the page's language."""

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.common.text import folded
from portal.common.wording import euros, number

NUMBERS = [
    (Decimal("1234.5000"), "1.234,5", "1,234.5"),
    (Decimal("1000"), "1.000", "1,000"),
    (Decimal("1E+6"), "1.000.000", "1,000,000"),
    (Decimal("0.0001"), "0,0001", "0.0001"),
    (Decimal("-7.10"), "-7,1", "-7.1"),
    (Decimal("0.000"), "0", "0"),
    (Decimal("99999999999.9999"), "99.999.999.999,9999", "99,999,999,999.9999"),
    (12, "12", "12"),
    (None, "", ""),
]
MONEY = [
    (123_456, "1.234,56 €", "1,234.56 €"),
    (100_000_000_00, "100.000.000,00 €", "100,000,000.00 €"),
    (5, "0,05 €", "0.05 €"),
    (0, "0,00 €", "0.00 €"),
    (None, "", ""),
]


def in_both(write, value) -> tuple[str, str]:
    written = []
    for language in ("sl", "en"):
        with override(language):
            written.append(write(value))
    return tuple(written)


@pytest.mark.parametrize(("value", "slovenian", "english"), NUMBERS)
def test_writes_numbers_without_needless_zeros(value, slovenian, english):
    assert in_both(number, value) == (slovenian, english)


@pytest.mark.parametrize(("cents", "slovenian", "english"), MONEY)
def test_writes_cents_as_euros(cents, slovenian, english):
    assert in_both(euros, cents) == (slovenian, english)


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=4))
def test_loses_no_digit(value):
    with override("en"):
        written = number(value)

    assert Decimal(written.replace(",", "")) == value


@given(st.integers(0, 10**17))
def test_loses_no_cent(cents):
    with override("sl"):
        written = euros(cents)

    assert int(written.removesuffix(" €").replace(".", "").replace(",", "")) == cents


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Šola ŽIVLJENJA", "sola zivljenja"),
        ("Đurđevdan", "durdevdan"),
        ("cafe\u0301", "cafe"),
        ("ČIŠČENJE", "ciscenje"),
        ("Straße", "strasse"),
        ("z\u0336a\u0336l\u0336g\u0336o", "zalgo"),
        ("", ""),
    ],
)
def test_compares_texts_without_capitals_and_marks(text, plain):
    assert folded(text) == plain


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing_more(text):
    assert folded(folded(text)) == folded(text)
