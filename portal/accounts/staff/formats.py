"""Spreadsheets in and out: what a cell may hold, and what a file may not do to us."""

import csv
import io
import re
import zipfile
from datetime import date, datetime

import tablib
from django.utils.translation import gettext as _
from import_export.formats.base_formats import CSV, XLSX

MAX_FILE_SIZE = 5 * 1024 * 1024
MAX_UNPACKED_SIZE = 50 * 1024 * 1024
MAX_ROWS = 5000

# Spreadsheet programs run a cell as a formula when it begins so, blanks before it or not.
_FORMULA = re.compile(r"^'*[\s\ufeff]*[=+\-@\t\r\n＝＋－＠]|^'*[\t\r\n]")


class UnreadableFile(Exception):
    """A file that cannot be read, with a reason for the person who sent it."""


def escape_cell(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet program would run as a formula."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def unescape_cell(value: str) -> str:
    """Undo ``escape_cell``."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value[1:]) else value


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


def _checked(rows: list[list[object]]) -> tablib.Dataset:
    """Return rows as a dataset of texts. Raises UnreadableFile for a shape that makes no sense."""
    rows = [[cell_text(cell) for cell in row] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise UnreadableFile(_("The file is empty."))
    headers = [header.strip() for header in rows[0]]
    while headers and not headers[-1]:
        headers.pop()
    if len(set(headers)) != len(headers) or "" in headers:
        raise UnreadableFile(_("Each column needs a name of its own in the first row."))
    if len(rows) > MAX_ROWS + 1:
        raise UnreadableFile(_("The file has more than %(count)d rows.") % {"count": MAX_ROWS})
    dataset = tablib.Dataset(headers=headers)
    for row in rows[1:]:
        if any(row):
            dataset.append((row + [""] * len(headers))[: len(headers)])
    return dataset


class SafeCSV(CSV):
    """Comma, semicolon or tab, in UTF-8."""

    def is_binary(self) -> bool:
        return True  # bytes in, so that the encoding is checked here

    def get_read_mode(self) -> str:
        return "rb"

    def get_title(self) -> str:
        return "csv"

    def create_dataset(self, in_stream: bytes, **kwargs) -> tablib.Dataset:
        try:
            text = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UnreadableFile(_("The file is not in the UTF-8 encoding.")) from None
        if "\0" in text:
            raise UnreadableFile(_("This is not a CSV file."))
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        try:
            return _checked(list(csv.reader(io.StringIO(text), delimiter=delimiter)))
        except csv.Error:
            raise UnreadableFile(_("This is not a CSV file.")) from None

    def export_data(self, dataset: tablib.Dataset, **kwargs) -> bytes:
        # The mark at the beginning tells spreadsheet programs that this is UTF-8.
        return b"\xef\xbb\xbf" + escaped(dataset).export("csv").encode()


class SafeXLSX(XLSX):
    """The first sheet of an Excel workbook."""

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        import openpyxl

        try:
            with zipfile.ZipFile(io.BytesIO(in_stream)) as archive:
                size = sum(part.file_size for part in archive.infolist())
            if size > MAX_UNPACKED_SIZE:
                raise UnreadableFile(_("The workbook is too large."))
            book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            return _checked([list(row) for row in _rows(sheet)])
        except UnreadableFile:
            raise
        except Exception:  # whatever a broken workbook makes of the library
            raise UnreadableFile(_("This is not an Excel workbook (.xlsx).")) from None

    def export_data(self, dataset: tablib.Dataset, **kwargs) -> bytes:
        return super().export_data(escaped(dataset), **kwargs)


def _rows(sheet):
    """Read no further than is allowed: a sheet may claim a million rows."""
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=100)):
        yield row
        if number > MAX_ROWS:
            return
