"""Workbooks of values: numbers are numbers, formulas and bombs are refused."""

import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from indicators.models import Observation
from portal.accounts.staff import formats
from tests import factories as f
from tests.staff.entry import confirm, reasons, send_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(editor, sign_in):
    return sign_in(editor)


@pytest.fixture
def k1(measure):
    return f.IndicatorFactory(measure=measure, code="K1")


def workbook(*cells: list) -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in cells:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def send_workbook(browser, data: bytes, **options):
    return send_file(browser, data, name="values.xlsx", **options)


def test_takes_numbers_and_dates_for_what_they_are(own, k1):
    data = workbook(
        ["code", "period", "value", "provisional"],
        ["K1", 2022, 1234.56, True],
        ["K1", datetime.date(2023, 9, 30), 0.1 + 0.2, False],
        ["K1", "2021", "1.234,5", None],
    )

    confirm(own, send_workbook(own, data))

    stored = Observation.objects.order_by("period").values_list("period", "value")
    assert list(stored) == [
        ("2021", Decimal("1234.5")),
        ("2022", Decimal("1234.56")),
        ("2023-09-30", Decimal("0.3")),
    ]


def test_keeps_a_month_that_a_program_made_a_day(own, k1):
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(["code", "period", "value"], ["K1", datetime.date(2022, 5, 1), 5]))
    )
    book.active["B2"].number_format = "mmm yy"
    target = io.BytesIO()
    book.save(target)

    page = send_workbook(own, target.getvalue())

    assert page.context["lines"][0].change.after.period == "2022-05"


def test_refuses_formulas_by_their_cell(own, k1):
    data = workbook(["code", "period", "value"], ["K1", "2022", "=2+3"])

    assert "The cell C2 holds a formula" in reasons(send_workbook(own, data))


def test_refuses_a_code_that_has_become_a_number(own, measure):
    f.IndicatorFactory(measure=measure, code="1.1")
    data = workbook(["code", "period", "value"], [1.10, "2022", 5])

    page = send_workbook(own, data)

    assert [(fault.row, fault.column) for fault in page.context["faults"]] == [(2, "code")]
    assert "Write the code as text" in reasons(page)


@pytest.mark.parametrize("code", ["1.1", 7])
def test_takes_a_code_that_is_text_or_a_whole_number(own, measure, code):
    f.IndicatorFactory(measure=measure, code=str(code))

    page = send_workbook(own, workbook(["code", "period", "value"], [code, "2022", 5]))

    assert page.context["counts"]["new"] == 1


def test_refuses_more_than_one_sheet(own, k1):
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.create_sheet("another")
    book.save(target)

    assert "2 sheets" in reasons(send_workbook(own, target.getvalue()))


@pytest.mark.parametrize("value", ["NaN", "1e999", "-INF", "1e-9", "1e20"])
def test_refuses_numbers_that_are_none(own, k1, value):
    data = replaced(
        workbook(["code", "period", "value"], ["K1", "2022", 5]),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace(b"<v>5</v>", f"<v>{value}</v>".encode()),
    )

    page = send_workbook(own, data)

    assert page.status_code == 422
    assert not Observation.objects.exists()


def replaced(data: bytes, name: str, change) -> bytes:
    """Return a workbook in which one part has been changed, or added if there was none."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for part in source.namelist():
            content = source.read(part)
            out.writestr(part, change(content) if part == name else content)
        if name not in source.namelist():
            out.writestr(name, change(b"<sst></sst>"))
    return target.getvalue()


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
EXTERNAL = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("part", "change", "reason"),
    [
        (SHEET, lambda t: t.replace(b"</sheetData>", b"<row/>" * 10**6 + b"</sheetData>"), "5000"),
        (SHEET, lambda t: t.replace(b'<row r="2"', b'<row r="1048576"'), "5000"),
        (SHEET, lambda t: t.replace(b"<sheetData>", b"<sheetData>" + b"<a>" * 10**6), "too large"),
        (SHEET, lambda t: b" " * (formats.MAX_UNPACKED_SIZE + 1), "too large"),
        (STRINGS, lambda t: t.replace(b"</sst>", b"<si/>" * 10**6 + b"</sst>"), "too large"),
        (STRINGS, lambda t: ENTITIES + t, "not an Excel workbook"),
        (SHEET, lambda t: EXTERNAL + t, "not an Excel workbook"),
        (SHEET, lambda t: t[:-20], "not an Excel workbook"),
    ],
    ids=["rows", "last-row", "deep", "gigabytes", "strings", "entities", "external", "cut"],
)
def test_refuses_workbooks_made_to_hurt(own, k1, part, change, reason):
    data = replaced(workbook(["code", "period", "value"], ["K1", "2022", 5]), part, change)

    page = send_workbook(own, data)

    assert page.status_code == 422
    assert reason in reasons(page)


@pytest.mark.parametrize("count", [1, 60])
def test_previews_one_row_and_sixty_in_the_same_queries(
    own, k1, count, django_assert_max_num_queries
):
    lines = [["K1", str(1950 + number), 5] for number in range(count)]

    with django_assert_max_num_queries(15):
        page = send_workbook(own, workbook(["code", "period", "value"], *lines))

    assert page.context["counts"]["new"] == count
