"""Spreadsheets of values: out and in again; whatever is wrong is named, and nothing stored."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from indicators.models import Observation
from portal.accounts.staff import exchange
from portal.common.models import AuditEntry
from tests import factories as f
from tests.staff.entry import IMPORT, confirm, reasons, send_file

pytestmark = pytest.mark.django_db

HEADER = "code;period;value"


@pytest.fixture
def own(editor, sign_in):
    return sign_in(editor)


@pytest.fixture
def k1(measure):
    return f.IndicatorFactory(measure=measure, code="K1")


def rows(*lines: str, header: str = HEADER) -> str:
    return "\n".join([header, *lines])


def exported(browser, query: str) -> bytes:
    response = browser.get(reverse("admin:indicators_observation_export") + query)
    assert response.status_code == 200
    return response.getvalue()


def test_shows_each_number_as_written_and_as_understood(own, k1):
    page = send_file(own, rows("K1;2023;1.234,56", "K1;2024;1.234"))

    text = page.content.decode()
    assert "1.234,56 is read as one thousand two hundred thirty-four point five six." in text
    assert "1.234,56</td>" in text
    assert "1\u00a0234,56" in text
    assert "In the other convention it would be 1.234." in text
    assert not Observation.objects.exists()


def test_stores_after_the_preview_with_history(own, editor, k1):
    header = "code,period,value,provisional,source,note_sl,note_en"
    page = send_file(
        own,
        rows("""K1,2024-Q3,"1,234.5",da,Letno poročilo,opomba,'=note""", header=header),
        numbers="point",
    )

    confirm(own, page)

    stored = Observation.objects.get()
    assert (stored.period, stored.value, stored.provisional) == ("2024-Q3", Decimal("1234.5"), True)
    assert (stored.source, stored.note_sl, stored.note_en) == ("Letno poročilo", "opomba", "=note")
    entry = AuditEntry.objects.get()
    assert (entry.source, entry.by) == ("import", editor)


def test_leaves_columns_alone_that_the_file_lacks(own, k1):
    f.ObservationFactory(indicator=k1, period="2023", source="Vir", provisional=True, note_sl="x")

    confirm(own, send_file(own, rows("K1;2023;8")))

    stored = Observation.objects.get()
    assert (stored.value, stored.source, stored.provisional, stored.note_sl) == (
        8,
        "Vir",
        True,
        "x",
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("numbers", ["comma", "point"])
def test_takes_back_what_it_gave(own, measure, kind, numbers):
    k1 = f.IndicatorFactory(measure=measure, code="1.10")
    values = {"2020": "-1234.5", "2021": "0.0001", "2022-Q1": "12345678901.1234", "2023-05": "0"}
    for period, value in values.items():
        notes = {"note_sl": '=1+1\r\n"x";,\t', "note_en": "'-quoted", "source": "@SUM(A1)"}
        f.ObservationFactory(indicator=k1, period=period, value=value, **notes)
    data = exported(own, f"?format={kind}&numbers={numbers}")

    page = send_file(own, data, name=f"x.{kind}", numbers=numbers)

    assert page.context["counts"] == {"new": 0, "changed": 0, "unchanged": 4}


def test_exports_own_values_only(own, k1, foreign_indicator):
    f.ObservationFactory(indicator=k1)
    f.ObservationFactory(indicator=foreign_indicator)

    text = exported(own, "?format=csv").decode()

    assert "K1" in text
    assert foreign_indicator.code not in text


def test_marks_sample_data_and_takes_none_that_is_changed(own, k1):
    f.ObservationFactory(indicator=k1, period="2023", value=3, is_sample=True)
    data = exported(own, "?format=csv&numbers=comma")

    same, changed = send_file(own, data), send_file(own, data.replace(b";3;", b";4;"))

    assert data.decode().splitlines()[1].endswith(";yes")
    assert same.context["counts"] == {"new": 0, "changed": 0, "unchanged": 1}
    assert "Sample data is not imported" in reasons(changed)


YEAR = timezone.localdate().year

BAD_ROWS = [
    *((f"K1;2023;{number}", "not a number") for number in ("NaN", "Infinity", "abc", "12\u20ac")),
    *((f"K1;2023;{number}", "exponent") for number in ("1e999", "1e3")),
    ("K1;2023;1,234.56", "other convention"),
    ("K1;2023;1 234,5", "spaces"),
    ("K1;2023;1\u202f234,5", "spaces"),
    ("K1;2023;12 %", "percent"),
    ("K1;2023;٣", "digits 0 to 9"),
    ("K1;2023;1,23456", "4 decimals"),
    ("K1;2023;1234567890123456", "11 digits"),
    ("K1;2023;", "no value"),
    ("K1;2023;'=1+1", "not a number"),
    ("K1;2023-02-31;5", "not in the calendar"),
    ("K1;2023-13;5", "not in the calendar"),
    ("K1;2023-Q5;5", "not in the calendar"),
    ("K1;31. 2. 2023;5", "Write a year"),
    ("K1;;5", "Write a year"),
    (f"K1;{YEAR + 1};5", "not begun"),
    (f"K1;{YEAR};5", "not over yet"),
    (";2023;5", "no code"),
    ("K1, K2;2023;5", "one code in a row"),
    ("K1 K2;2023;5", "one code in a row"),
    ("K9;2023;5", "cannot edit any indicator"),
    ("k1;2023;5", "cannot edit any indicator"),
    ("K1;2023;5;K1;2024;6", "more cells"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_ROWS)
def test_refuses_all_for_one_bad_row_and_names_it(own, k1, line, reason):
    page = send_file(own, rows("K1;2022;5", line))

    assert page.status_code == 422
    assert [fault.row for fault in page.context["faults"]] == [3]
    assert reason in reasons(page)
    assert "token" not in page.context
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("provisional", "maybe", "yes"),
        ("sample", "yes", "Sample data"),
        ("sample", "da", "Sample data"),
        ("source", "x" * 501, "500"),
    ],
)
def test_refuses_a_bad_cell(own, k1, column, value, reason):
    page = send_file(own, rows(f"K1;2022;5;{value}", header=f"{HEADER};{column}"))

    fault = page.context["faults"][0]
    assert (fault.row, fault.column) == (2, column)
    assert reason in fault.message


def test_names_a_row_without_a_code_by_its_number(own, k1):
    page = send_file(own, rows(";2022;5", ";2023;=1+1"))

    text = page.content.decode()
    assert "Row 2, column code: This row has no code." in text
    assert "Row 3, column value: “=1+1” begins like a formula" in text


def test_refuses_a_period_that_stands_twice(own, k1):
    page = send_file(own, rows("K1;2022;5", "K1;2023;6", "K1;2022;5"))

    assert [(fault.row, fault.column) for fault in page.context["faults"]] == [(4, "period")]
    assert "row 2 already" in reasons(page)


def test_answers_the_same_for_foreign_and_unknown_codes(own, k1, foreign_indicator):
    foreign = reasons(send_file(own, rows(f"{foreign_indicator.code};2022;5")))

    assert foreign.replace(foreign_indicator.code, "X9") == reasons(
        send_file(own, rows("X9;2022;5"))
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.csv", b"", "empty"),
        ("x.csv", b"\n\n,,\n", "empty"),
        ("x.csv", b"code;period\nK1;2022", "Missing columns: value"),
        ("x.csv", b"K1;2022;5", "Unknown columns"),
        ("x.csv", b"code;period;value;id\nK1;2022;5;1", "Unknown columns: id"),
        ("x.csv", b"code;period;value;value\nK1;2022;5;6", "name of its own"),
        ("x.csv", b"code;;value\nK1;2022;5", "name of its own"),
        ("x.csv", "code;period;value\nČ;2022;5".encode("cp1250"), "UTF-8"),
        ("x.csv", "code;period;value\nK1;2022;5".encode("utf-16"), "UTF-8"),
        ("x.csv", b"code;period;value\nK1;2022;\xed\xa0\x80", "UTF-8"),
        ("x.csv", b"code;period;value\nK1;2022;5\0", "not a CSV"),
        ("x.csv", b'code;period;value\nK1;2022;"5', "not a CSV"),
        ("x.csv", b"PK\x03\x04\x00", "not a CSV"),
        ("x.xlsx", b"code;period;value\nK1;2022;5", "not an Excel workbook"),
        ("x.xlsx", b"PK\x03\x04 broken", "not an Excel workbook"),
        ("x.pdf", b"%PDF", "Only .csv and .xlsx"),
        ("xlsx", b"", "empty"),
    ],
)
def test_says_why_a_file_cannot_be_read(own, k1, name, content, reason):
    page = send_file(own, content, name=name)

    assert page.status_code == 422
    assert reason in page.content.decode()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_reads_what_spreadsheet_programs_write(own, k1, delimiter, mark, end):
    lines = [delimiter.join(["code", "period", "value"]), delimiter.join(["K1", "2022", "5"])]

    page = send_file(own, mark + end.join(lines) + end)

    assert page.context["counts"]["new"] == 1


@pytest.mark.parametrize("numbers", ["", "x", "\x00"])
def test_needs_a_convention(own, k1, numbers):
    assert send_file(own, rows("K1;2022;5"), numbers=numbers).status_code == 422


def test_refuses_a_file_that_is_too_large(own, monkeypatch):
    monkeypatch.setattr(exchange, "MAX_FILE_SIZE", 100)

    assert "at most 100" in reasons(send_file(own, "x" * 200))


def test_refuses_a_million_empty_rows(own, k1):
    assert "more than 5000 rows" in reasons(send_file(own, rows("K1;2022;5") + "\n" * 10**6))


def test_imports_nothing_when_a_value_has_changed_since_the_preview(own, k1):
    stored = f.ObservationFactory(indicator=k1, period="2022", value=1)
    page = send_file(own, rows("K1;2022;5", "K1;2021;6"))
    Observation.objects.filter(pk=stored.pk).update(value=2)

    confirm(own, page)

    assert Observation.objects.get().value == 2
    assert not AuditEntry.objects.exists()


def test_lets_nobody_confirm_the_preview_of_another(own, chief_editor, sign_in, k1):
    page = send_file(sign_in(chief_editor), rows("K1;2022;5"))

    assert confirm(own, page).status_code == 403
    assert not Observation.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "../../secret-key", "a:b:c", "\x00", "9" * 5000])
def test_survives_forged_tokens(own, token):
    assert own.post(reverse(IMPORT), {"confirm": token}).status_code == 403


@pytest.mark.parametrize("name", ["grid", "import"])
def test_wants_a_token_of_its_own_form(editor, name):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)

    response = browser.post(reverse(f"admin:indicators_observation_{name}"), {"confirm": "x"})

    assert response.status_code == 403


def test_answers_in_the_language_of_the_person(editor, sign_in, k1):
    type(editor).objects.filter(pk=editor.pk).update(language="sl")

    page = sign_in(editor).get(reverse(IMPORT))

    assert page.context["form"]["numbers"].value() == "comma"
