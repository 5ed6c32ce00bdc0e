"""Spreadsheets of measured values: what is written can be read again and changes nothing."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.models import Observation
from portal.accounts.staff.formats import (
    UnreadableFile,
    cell_text,
    cells_of,
    csv_rows,
    header_names,
    limited,
    open_workbook,
    sheets_of,
)
from portal.common.spreadsheets import escape_cell, is_formula, unescape_cell

from .entry import TEXTS, Entry, Fault, Reader, read_code, read_period, read_text, read_yes_or_no
from .number import Convention, checked, read_number, write_number

COLUMNS = ("code", "period", "value", "provisional", *TEXTS, "sample")
NEEDED = COLUMNS[:3]
KINDS = ("csv", "xlsx")
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARK = b"\xef\xbb\xbf"  # tells spreadsheet programs that this is UTF-8
_DAY_IN_FORMAT = re.compile(r"d", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # a workbook cannot hold them


@dataclass(frozen=True)
class Cell:
    """A cell: what it shows, and the number it is where the file itself says that it is one."""

    text: str
    number: Decimal | None = None
    formula: str = ""  # where it is one, what to tell about it


def read_entries(data: bytes, kind: str, convention: Convention) -> tuple[list[Entry], list[Fault]]:
    """Return the values of a file and what is wrong with its rows. Raises ``UnreadableFile``."""
    rows = _csv_cells(data) if kind == "csv" else _workbook_cells(data)
    if not any(cell.text for row in rows for cell in row):
        raise UnreadableFile(_("The file is empty."))
    columns = _columns(rows[0])
    entries, faults = [], []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.text for cell in row):
            entry, found = _entry(number, columns, row, convention)
            faults += found
            entries += [entry] if entry else []
    return entries, faults


def _csv_cells(data: bytes) -> list[list[Cell]]:
    return [[_csv_cell(text) for text in row] for row in csv_rows(data)]


def _csv_cell(text: str) -> Cell:
    """Take the apostrophe off a text that an export kept from running; without one it may run."""
    shown = unescape_cell(text).strip()
    if not is_formula(text):
        return Cell(shown)
    told = _("“%(text)s” begins like a formula; put its value there, or an apostrophe before it.")
    return Cell(shown, formula=told % {"text": shown[:40]})


def _workbook_cells(data: bytes) -> list[list[Cell]]:
    sheets = sheets_of(open_workbook(data, formulas=True))
    if len(sheets) > 1:
        text = ngettext(
            "The workbook has %(count)d sheet; leave only the one to be imported.",
            "The workbook has %(count)d sheets; leave only the one to be imported.",
            len(sheets),
        )
        raise UnreadableFile(text % {"count": len(sheets)})
    return [[_workbook_cell(cell) for cell in row] for row in limited(cells_of(sheets[0]))]


def _workbook_cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        told = _("The cell %(cell)s holds a formula; put its value there.")
        return Cell(str(value), formula=told % {"cell": cell.coordinate})
    if isinstance(value, int | float) and not isinstance(value, bool):
        # A program shows 15 digits of a number that it keeps in binary.
        number = Decimal(value if isinstance(value, int) else format(value, ".15g"))
        return Cell(f"{number:f}", number)
    if isinstance(value, datetime | date) and not _DAY_IN_FORMAT.search(cell.number_format or ""):
        return Cell(f"{value:%Y-%m}")  # a program has made a day of the month that was written
    return Cell(cell_text(value).strip())


def _columns(header: list[Cell]) -> list[str]:
    """Return the names of the columns, each known and none missing. Raises ``UnreadableFile``."""
    names = header_names(cell.text for cell in header)
    if unknown := [name for name in names if name not in COLUMNS]:
        known = {"names": ", ".join(unknown)[:200]}
        raise UnreadableFile(_("Unknown columns: %(names)s") % known)
    if missing := [name for name in NEEDED if name not in names]:
        raise UnreadableFile(_("Missing columns: %(names)s") % {"names": ", ".join(missing)})
    return names


def _entry(
    number: int, columns: list[str], row: list[Cell], convention: Convention
) -> tuple[Entry | None, list[Fault]]:
    cells = dict(zip(columns, row + [Cell("")] * len(columns), strict=False))
    code, period, value = (cells[name] for name in NEEDED)
    reader = Reader(Fault("", row=number, code=code.text[:40], period=period.text[:10]))
    _check_shape(reader, columns, row)
    if reader.faults:
        return None, reader.faults
    found = {"code": reader.read("code", _read_code, code)} | {
        name: reader.read(name, read, cells[name].text)
        for name, read in _READERS.items()
        if name in cells
    }
    found["value"] = reader.read("value", _read_value, value, convention)
    if reader.faults:
        return None, reader.faults
    return Entry(
        code=found["code"],
        period=found["period"],
        text=_as_written(value, convention),
        value=found["value"],
        provisional=found.get("provisional"),
        texts={name: found[name] for name in TEXTS if name in found},
        row=number,
        is_sample=found.get("sample") or False,
    ), []


def _check_shape(reader: Reader, columns: list[str], row: list[Cell]) -> None:
    for column, cell in zip(columns, row, strict=False):
        if cell.formula:
            reader.object(cell.formula, column)
    if any(cell.text for cell in row[len(columns) :]):
        reader.object(_("The row has more cells than there are columns."))


def _read_code(cell: Cell) -> str:
    """Return a code. Raises ``ValidationError`` for 1.1, which may have been written as 1.10."""
    if cell.number is not None and "." in cell.text:
        text = _("Write the code as text: as the number %(number)s it may have lost zeros.")
        raise ValidationError(text % {"number": cell.text[:40]})
    return read_code(cell.text)


def _read_value(cell: Cell, convention: Convention) -> Decimal:
    return read_number(cell.text, convention) if cell.number is None else checked(cell.number)


def _as_written(cell: Cell, convention: Convention) -> str:
    """Show a number of a workbook as a program set to ``convention`` does."""
    if cell.number is None:
        return cell.text
    return write_number(cell.number, convention, grouped=False)


_READERS = {
    "period": read_period,
    "provisional": read_yes_or_no,
    "sample": read_yes_or_no,
    **dict.fromkeys(TEXTS, read_text),
}


def _row(observation: Observation) -> dict[str, Any]:
    """Return the cells of a value; a text that would run as a formula gets an apostrophe."""
    texts = {name: escape_cell(getattr(observation, name) or "") for name in TEXTS}
    return {
        "code": observation.indicator.code,
        "period": observation.period,
        "value": observation.value,
        "provisional": "yes" if observation.provisional else "no",
        **texts,
        "sample": "yes" if observation.is_sample else "no",
    }


def write_csv(observations: Iterable[Observation], convention: Convention) -> Iterator[bytes]:
    """Go through the lines of a CSV file; a semicolon parts cells where a comma parts decimals."""
    delimiter = ";" if convention is Convention.COMMA else ","
    yield MARK + _line(COLUMNS, delimiter)
    for observation in observations:
        row = _row(observation)
        row["value"] = write_number(row["value"], convention, grouped=False)
        yield _line(row.values(), delimiter)


def _line(cells: Iterable[Any], delimiter: str) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerow(cells)
    return target.getvalue().encode()


def write_workbook(observations: Iterable[Observation]) -> bytes:
    """Return an Excel workbook; its numbers are numbers, in no convention."""
    from openpyxl import Workbook

    book, target = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("observations")
    sheet.append(COLUMNS)
    for observation in observations:
        row = _row(observation).values()
        sheet.append([_CONTROLS.sub("", c) if isinstance(c, str) else c for c in row])
    book.save(target)
    return target.getvalue()
