"""Tables to take away: CSV by RFC 4180 with commas, in UTF-8, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

from portal.accounts.staff.formats import escape_cell

# Tells spreadsheet programs that what follows is UTF-8.
MARK = "\ufeff"


class _Echo:
    """A file that gives back what is written."""

    def write(self, text: str) -> str:
        return text


def csv_response(
    name: str, headers: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """Answer with a file ``name.csv``, written row by row; None becomes an empty cell."""
    answer = StreamingHttpResponse(_lines(headers, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _lines(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield MARK + writer.writerow(headers)
    for row in rows:
        yield writer.writerow([escape_cell(cell) for cell in row])
