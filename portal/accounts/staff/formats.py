"""Spreadsheets in and out: what a cell may hold, and what a file may not do to us."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from itertools import islice
from typing import Any
from xml.parsers import expat

import tablib
from django.utils.translation import gettext as _
from import_export.formats.base_formats import CSV, XLSX

from portal.common.spreadsheets import escape_cell, unescape_cell

MAX_FILE_SIZE = 5 * 1024 * 1024
MAX_UNPACKED_SIZE = 50 * 1024 * 1024
MAX_ROWS = 5000
# What 5000 rows of thirty cells take, twice over; a workbook of tiny elements would keep us busy.
MAX_ELEMENTS = 600_000
MAX_PARTS = 200
MAX_COLUMNS = 100


class UnreadableFile(Exception):
    """A file that cannot be read, with a reason for the person who sent it."""


def cell_text(value: object) -> str:
    """Return what a cell shows; spreadsheet programs like to turn texts into numbers and dates."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return unescape_cell(str(value))


def escaped(dataset: tablib.Dataset) -> tablib.Dataset:
    """Return ``dataset`` with every cell made harmless."""
    rows = [[escape_cell(cell) for cell in row] for row in dataset]
    return tablib.Dataset(*rows, headers=dataset.headers)


def limited(rows: Iterable[Any]) -> list[Any]:
    """Return rows, the first holding the names; UnreadableFile for too many, empty ones included.

    No row is read beyond the limit: a file of little size may claim a million.
    """
    found = list(islice(rows, MAX_ROWS + 2))
    if len(found) > MAX_ROWS + 1:
        raise _too_many_rows()
    return found


def _too_many_rows() -> UnreadableFile:
    return UnreadableFile(_("The file has more than %(count)d rows.") % {"count": MAX_ROWS})


def header_names(cells: Iterable[str]) -> list[str]:
    """Return the names of the columns. Raises UnreadableFile where one is missing or twofold."""
    headers = [cell.strip() for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if len(set(headers)) != len(headers) or "" in headers:
        raise UnreadableFile(_("Each column needs a name of its own in the first row."))
    return headers


def _checked(rows: Iterable[Iterable[object]]) -> tablib.Dataset:
    """Return rows as a dataset of texts. Raises UnreadableFile for a shape that makes no sense."""
    texts = [[cell_text(cell) for cell in row] for row in limited(rows)]
    if not any(any(row) for row in texts):
        raise UnreadableFile(_("The file is empty."))
    headers = header_names(texts[0])
    dataset = tablib.Dataset(headers=headers)
    for row in texts[1:]:
        if any(row):
            dataset.append((row + [""] * len(headers))[: len(headers)])
    return dataset


def csv_rows(data: bytes) -> list[list[str]]:
    """Return the cells of a CSV file with commas, semicolons or tabs. Raises UnreadableFile."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(_("The file is not in the UTF-8 encoding.")) from None
    if "\0" in text:
        raise UnreadableFile(_("This is not a CSV file."))
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return limited(reader)
    except csv.Error:
        raise UnreadableFile(_("This is not a CSV file.")) from None


def open_workbook(data: bytes, *, formulas: bool = False) -> Any:
    """Return an Excel workbook to read from, or raise UnreadableFile if it is dangerous or none.

    With ``formulas`` a cell holds its formula instead of the value that was last computed.
    """
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _inspect(archive)
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas)
    except UnreadableFile:
        raise
    except Exception:  # whatever a broken workbook makes of the library
        raise UnreadableFile(_("This is not an Excel workbook (.xlsx).")) from None


def _inspect(archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack to too much, or would make the library work for minutes."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_SIZE:
        raise UnreadableFile(_("The workbook is too large."))
    elements = 0
    for part in parts:
        with archive.open(part) as content:
            elements += _count_elements(content, MAX_ELEMENTS - elements)


def _count_elements(content: Any, limit: int) -> int:
    """Count the elements of a part of a workbook, pictures have none; UnreadableFile for too many.

    Declared entities, with which a small text unpacks to a large one, are refused with their list.
    """
    elements = rows = 0

    def count(name: str, _attributes: dict) -> None:
        nonlocal elements, rows
        elements, rows = elements + 1, rows + (name.rpartition(":")[2] == "row")
        if rows > MAX_ROWS + 1:
            raise _too_many_rows()
        if elements > limit:
            raise UnreadableFile(_("The workbook is too large."))

    def refuse(*_declaration: object) -> None:
        raise UnreadableFile(_("This is not an Excel workbook (.xlsx)."))

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = count, refuse
    with suppress(expat.ExpatError):  # a picture; what should be text stops the library as well
        parser.ParseFile(content)
    return elements


class SafeCSV(CSV):
    """Comma, semicolon or tab, in UTF-8."""

    def is_binary(self) -> bool:
        return True  # bytes in, so that the encoding is checked here

    def get_read_mode(self) -> str:
        return "rb"

    def get_title(self) -> str:
        return "csv"

    def create_dataset(self, in_stream: bytes, **kwargs) -> tablib.Dataset:
        return _checked(csv_rows(in_stream))

    def export_data(self, dataset: tablib.Dataset, **kwargs) -> bytes:
        # The mark at the beginning tells spreadsheet programs that this is UTF-8.
        return b"\xef\xbb\xbf" + escaped(dataset).export("csv").encode()


class SafeXLSX(XLSX):
    """The first sheet of an Excel workbook."""

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        sheet = sheets_of(open_workbook(in_stream))[0]
        return _checked(cells_of(sheet, values_only=True))

    def export_data(self, dataset: tablib.Dataset, **kwargs) -> bytes:
        return super().export_data(escaped(dataset), **kwargs)


def sheets_of(book: Any) -> list[Any]:
    """Return the sheets of cells. Raises UnreadableFile when there is none."""
    if not book.worksheets:
        raise UnreadableFile(_("This is not an Excel workbook (.xlsx)."))
    return book.worksheets


def cells_of(sheet: Any, *, values_only: bool = False) -> Iterator[Any]:
    """Go through the rows of a sheet, as cells or as values. Raises UnreadableFile."""
    sheet.reset_dimensions()  # a sheet may claim to be smaller than it is
    try:
        yield from sheet.iter_rows(values_only=values_only, max_col=MAX_COLUMNS)
    except Exception:  # whatever a broken sheet makes of the library
        raise UnreadableFile(_("This is not an Excel workbook (.xlsx).")) from None
