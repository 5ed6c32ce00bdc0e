"""What a cell may hold and what a file may not do."""

import io

import openpyxl
import pytest
from django.utils.translation import override

from portal.accounts.staff import formats


def test_refuses_a_workbook_that_unpacks_too_large(monkeypatch):
    monkeypatch.setattr(formats, "MAX_UNPACKED_SIZE", 100)

    with override("en"), pytest.raises(formats.UnreadableFile, match="too large"):
        formats.SafeXLSX().create_dataset(workbook([["code"]]))


def test_refuses_too_many_rows(monkeypatch):
    monkeypatch.setattr(formats, "MAX_ROWS", 3)

    for read, content in (
        (formats.SafeXLSX().create_dataset, workbook([["code"], *[["1"]] * 5])),
        (formats.SafeCSV().create_dataset, b"code\n1\n2\n3\n4\n5"),
    ):
        with override("en"), pytest.raises(formats.UnreadableFile, match="more than 3 rows"):
            read(content)


def workbook(cells: list[list]) -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in cells:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def test_reads_numbers_and_dates_that_a_spreadsheet_made_of_texts():
    dataset = formats.SafeXLSX().create_dataset(workbook([["code", "published_on"], [2, 2024.0]]))

    assert dataset[0] == ("2", "2024")
