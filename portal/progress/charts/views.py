"""Charts to take away: the picture as SVG and PNG, its numbers as CSV."""

from decimal import Decimal

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from indicators.calculations.arithmetic import written
from portal.common.languages import LANGUAGES
from portal.common.moment import Moment

from ..models import Chart
from ..tables import csv_response
from .data import figures_of
from .figures import Cell, Table
from .files import TYPES, file_name
from .subjects import public_subject


@require_safe
@cache_control(no_cache=True)
def download(
    request: HttpRequest, level: str, pk: str, kind: str, language: str, ending: str
) -> HttpResponseBase:
    """A chart of a public record in one language; 404 where none has been drawn (yet).

    Caches ask each time, as a record can be withdrawn; 304 while the picture is still the same.
    """
    key, name = f"{level}:{pk}", f"{level}-{pk}-{kind}-{language}"
    record = public_subject(key)
    if record is None or language not in LANGUAGES:
        raise Http404
    if ending == "csv":
        return _numbers(record, kind, language, name)
    chart = Chart.objects.of(key, language=language).filter(kind=kind, size=Chart.Size.WIDE).first()
    if chart is None:
        raise Http404
    etag = f'"{chart.digest}"'
    return get_conditional_response(request, etag) or _picture(chart, name, ending, etag)


def _picture(chart: Chart, name: str, ending: str, etag: str) -> FileResponse:
    try:
        file = default_storage.open(file_name(chart.digest, ending))
    except FileNotFoundError as error:
        raise Http404 from error
    types = {"content_type": TYPES[ending], "filename": f"{name}.{ending}"}
    return FileResponse(file, as_attachment=True, headers={"ETag": etag}, **types)


def _numbers(record, kind: str, language: str, name: str) -> HttpResponseBase:
    with override(language):
        figures = figures_of(record, Moment(timezone.localdate()))
        table = next((figure.table for figure in figures if figure.kind == kind), None)
        if table is None:
            raise Http404
        return csv_response(name, [*table.columns, _("sample data")], _rows(table))


def _rows(table: Table) -> list[list[str | None]]:
    return [
        [*(_plain(cell) for cell in row.cells), _("yes") if row.is_sample else _("no")]
        for row in table.rows
    ]


def _plain(cell: Cell) -> str | None:
    """Write a cell for machines: numbers with a point, days by ISO 8601, periods as stored."""
    if isinstance(cell, Decimal):
        return written(cell)
    return None if cell is None else str(cell)
