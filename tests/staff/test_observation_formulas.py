"""Formulas in a spreadsheet of values: none comes in, and none goes out."""

import pytest
from django.urls import reverse

from indicators.models import Observation
from tests import factories as f
from tests.staff.entry import confirm, reasons, send_file

pytestmark = pytest.mark.django_db

HEADER = "code;period;value;source"


@pytest.fixture
def own(editor, sign_in):
    return sign_in(editor)


@pytest.fixture
def k1(measure):
    return f.IndicatorFactory(measure=measure, code="K1")


@pytest.mark.parametrize(
    ("column", "line"),
    [
        ("code", "=K1;2022;5;"),
        ("code", "+K1|1;2022;5;"),
        ("value", "K1;2022;=1+1;"),
        ("value", "K1;2022;-1*cmd|1;"),
        ("source", 'K1;2022;5;"=HYPERLINK(""http://x"")"'),
        ("source", "K1;2022;5;@SUM(A1)"),
        ("source", "K1;2022;5; +cmd|1"),
    ],
)
def test_refuses_formulas_by_row_and_column(own, k1, column, line):
    page = send_file(own, f"{HEADER}\n{line}")

    assert [(fault.row, fault.column) for fault in page.context["faults"]] == [(2, column)]
    assert "begins like a formula" in reasons(page)


@pytest.mark.parametrize("text", ["-", "- ni podatka", "-5", "+386 1 306 10 00"])
def test_takes_a_sign_for_no_formula(own, k1, text):
    page = send_file(own, f"{HEADER}\nK1;2022;-5;{text}")

    confirm(own, page)

    assert (stored := Observation.objects.get()).value == -5
    assert stored.source == text


def test_exports_texts_that_no_program_runs(own, k1):
    f.ObservationFactory(indicator=k1, period="2023", value="-5", note_sl="=cmd|' /C calc'!A0")

    response = own.get(reverse("admin:indicators_observation_export") + "?numbers=point")

    line = response.getvalue().decode().splitlines()[1]
    assert "K1,2023,-5,no,Letno poročilo,'=cmd" in line
