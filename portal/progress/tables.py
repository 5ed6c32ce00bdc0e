"""Tables to take away: CSV by RFC 4180 with commas, in UTF-8, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from portal.accounts.staff.formats import escape_cell

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
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return answer
