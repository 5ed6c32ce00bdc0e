"""Planned, committed and spent money of the strategy or a part of it, to the cent."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goals.current import strategy_or_404
from portal.common.moment import asked_moment
from portal.common.pages import render_page
from portal.common.query import PARAMETERS, asking, parameter

from ..money_table import HEADERS, MoneyTable, record_of
from ..tables import csv_response


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """The money of what ``?of=`` names, by year, source and part; as a page or a file."""
    strategy, moment = strategy_or_404(request), asked_moment(request)
    record = record_of(strategy, parameter(request, "of"))
    on = moment.day.isoformat() if moment.is_past else ""
    table = MoneyTable(record, moment.at, on)
    if parameter(request, "format") == "csv":
        return csv_response(f"money-{table.level}", HEADERS, table.cells())
    context = {
        "table": table,
        "record": record,
        "moment": moment,
        "on_name": str(PARAMETERS["on"]),
        "crumbs": [{"title": _("Progress"), "url": reverse("progress:overview") + asking(on=on)}],
    }
    return render_page(request, "progress/money.html", context)
