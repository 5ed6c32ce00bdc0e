"""Charts in pages: one with its table and files, and small lines for lists."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe

from portal.common.languages import active_language
from portal.common.moment import Moment
from portal.common.wording import number, written_date

from ..charts.data import figure_in_page
from ..charts.figures import Cell, Period, Row
from ..charts.subjects import key_of
from ..models import Chart

register = template.Library()

OPEN_ROWS = 12  # a longer table is folded below its picture


@register.inclusion_tag("components/chart.html", takes_context=True)
def chart(context, record: Model) -> dict:
    """Show the main chart of an indicator, project, goal or strategy with all its numbers.

    On a page about a past day there is the table of that day alone: pictures are of today.
    """
    moment = context.get("moment") or Moment(timezone.localdate())
    figure = figure_in_page(record, moment)
    stored = [] if moment.is_past else list(_charts(record).filter(kind=figure.kind))
    rows = [_row(row) for row in figure.table.rows]
    samples = sum(row.is_sample for row in figure.table.rows)
    return {
        "figure": figure,
        # Safe: drawn by our worker, which escapes every text in it.
        "pictures": {chart.size: mark_safe(chart.svg) for chart in stored},
        "finding": stored[0].finding if stored else figure.finding,
        "is_sample": figure.is_sample or any(chart.is_sample for chart in stored),
        "rows": rows,
        "only_samples": 0 < samples == len(rows),
        "is_open": not stored or len(rows) <= OPEN_ROWS,
        "links": [] if moment.is_past else _links(record, figure.kind, bool(stored)),
    }


@register.inclusion_tag("components/chart_files.html")
def chart_files(record: Model, kind: str) -> dict:
    """Offer the files of a chart that the page itself shows in another form; one query."""
    is_drawn = _charts(record).filter(kind=kind).exists()
    return {"links": _links(record, kind, is_drawn)}


def _charts(record: Model):
    return Chart.objects.of(key_of(record), language=active_language())


def _row(row: Row) -> dict:
    head, *cells = [_cell(cell) for cell in row.cells]
    return {"head": head, "cells": cells, "is_sample": row.is_sample}


def _cell(cell: Cell) -> dict:
    """Write a cell for readers."""
    if isinstance(cell, Decimal):
        return {"text": number(cell), "is_number": True}
    if isinstance(cell, Period):
        return {"text": written_date(cell)}
    if isinstance(cell, date):
        return {"text": formats.date_format(cell, "DATE_FORMAT"), "day": cell.isoformat()}
    return {"text": cell or ""}


def _links(record: Model, kind: str, is_drawn: bool) -> list[dict[str, str]]:
    level, pk = record._meta.model_name, record.pk
    endings = ("svg", "png", "csv") if is_drawn else ("csv",)
    return [
        {
            "format": ending.upper(),
            "url": reverse("chart-file", args=[level, pk, kind, active_language(), ending]),
        }
        for ending in endings
    ]


@register.simple_tag
def sparklines(records: Iterable[Model]) -> dict[str, SafeString]:
    """Load the lines of all records of a list at once, for ``{% sparkline %}``; one query."""
    keys = [key_of(record) for record in records]
    charts = Chart.objects.of(*keys, language=active_language()).filter(kind="sparkline")
    # Safe: drawn by our worker, which escapes every text in it.
    return {subject: mark_safe(svg) for subject, svg in charts.values_list("subject", "svg")}


@register.simple_tag
def sparkline(lines: dict[str, SafeString], record: Model) -> SafeString | str:
    """Show the last values of a record as a small line, nothing where there are fewer than two."""
    return lines.get(key_of(record), "")
