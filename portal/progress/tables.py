"""Tables to take away: CSV by RFC 4180 with commas, in UTF-8, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.http import HttpResponse, StreamingHttpResponse

from portal.common.spreadsheets import escape_cell

# Tells spreadsheet programs that what follows is UTF-8.
MARK = "\ufeff"


def csv_response(
    name: str, headers: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Answer with a file ``name.csv``; None becomes an empty cell."""
    answer = HttpResponse(MARK, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer)
    writer.writerow(headers)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return answer


def streamed_csv(
    name: str, headers: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """The same for a table of any length: each row is read when it is sent."""
    answer = StreamingHttpResponse(_lines(headers, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _lines(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield MARK + _line(headers)
    yield from (_line([_cell(cell) for cell in row]) for row in rows)


def _line(cells: Sequence[object]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: object) -> object:
    """Write numbers without an exponent and texts so that no program runs them."""
    return f"{value:f}" if isinstance(value, Decimal) else escape_cell(value)
