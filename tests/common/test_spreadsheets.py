"""Texts that a spreadsheet program would run are known, and made harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.spreadsheets import escape_cell, holds_formulas, is_formula, unescape_cell

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", " =", "  +", "'=", "\t=", "＝", "\u00a0="]


@pytest.mark.parametrize("start", STARTS)
def test_defuses_formulas(start):
    cell = escape_cell(f"{start}cmd|' /C calc'!A0")

    assert str(cell).startswith("'")
    assert unescape_cell(cell) == f"{start}cmd|' /C calc'!A0"


@given(st.text(alphabet="'=+-@ \t\r\nab＝", max_size=8))
def test_undoes_its_escaping(text):
    assert unescape_cell(escape_cell(text)) == text
    assert not escape_cell(text).lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", '=HYPERLINK("http://x")', "@SUM(1)", "+cmd|1", "-cmd|1", "-A1", "-(1)"),
        *("-2+3+cmd|' /C calc'!A0", "- HYPERLINK(1)", "\ufeff=1", " =1", "＝1", "-1=1", "-1*2"),
    ],
)
def test_knows_a_formula(text):
    assert is_formula(text)
    assert holds_formulas(f'a;b\r1;"{text}"')


@pytest.mark.parametrize(
    "text", ["", "-", "-1,5", "+3", "-12 %", "-5 °C", "- ni podatka", "–", "a=b", "\t5", "'=1"]
)
def test_takes_a_sign_for_no_formula(text):
    assert not is_formula(text)
