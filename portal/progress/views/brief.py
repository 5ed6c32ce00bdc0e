"""What has changed between two days, for a council session or for a journalist."""

from datetime import date, timedelta

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from goals.current import strategy_or_404
from portal.common.moment import asked_day
from portal.common.pages import render_page
from portal.common.query import PARAMETERS, asking, parameter

from ..brief_table import HEADERS, brief_rows, cells
from ..comparison import Comparison
from ..selection import DAYS_OF_CHANGE, first_day
from ..tables import streamed_csv
from ..value_changes import CORRECTION, MOST_ROWS, NEW, WITHDRAWAL
from .overview import level_names

SUMMARY_NAMES = {
    "moved": gettext_lazy("states changed"),
    "begun": gettext_lazy("assessed for the first time"),
    "new-values": gettext_lazy("new values"),
    "corrections": gettext_lazy("corrected values"),
    "withdrawals": gettext_lazy("withdrawn values"),
    "reports": gettext_lazy("reports published"),
    "overrides": gettext_lazy("set by a person"),
    "money": gettext_lazy("amounts changed"),
}


@require_safe
def brief(request: HttpRequest) -> HttpResponse:
    """Compare the ends of two days: the last thirty, unless the reader asks for others."""
    strategy = strategy_or_404(request)
    start, end = asked_days(request)
    comparison = Comparison(strategy, start, end)
    if parameter(request, "format") == "csv":
        rows = (cells(row) for row in brief_rows(comparison))
        return streamed_csv(f"progress-{start}-{end}", HEADERS, rows)
    first = first_day(strategy)
    days = {"from": start.isoformat(), "to": end.isoformat()}
    context = {
        "comparison": comparison,
        "start_query": asking(on=days["from"]),
        "end_query": asking(on=days["to"]) if end < timezone.localdate() else "",
        "summary": list(summary(comparison).items()),
        "summary_names": SUMMARY_NAMES,
        "first_day": first if first is None or first > comparison.since else None,
        "is_assessed": first is not None and first <= comparison.until,
        "level_names": level_names(),
        "names": {name: str(words) for name, words in PARAMETERS.items()},
        "today": timezone.localdate(),
        "most": MOST_ROWS,
        "column_names": {
            "planned": pgettext("money", "planned"),
            "committed": pgettext("money", "committed"),
            "spent": pgettext("money", "spent"),
        },
        "csv_url": request.path + asking(format="csv", **days),
        "crumbs": [{"title": _("Progress"), "url": reverse("progress:overview")}],
    }
    return render_page(request, "progress/brief.html", context)


def summary(comparison: Comparison) -> dict[str, int]:
    """How many rows each section has, by its id."""
    values = {kind: latest.count for kind, latest in comparison.values.latest.items()}
    return {
        "moved": sum(map(len, comparison.moved.values())),
        "begun": sum(map(len, comparison.begun.values())),
        "new-values": values[NEW],
        "corrections": values[CORRECTION],
        "withdrawals": values[WITHDRAWAL],
        "reports": len(comparison.reports),
        "overrides": len(comparison.overrides_set) + len(comparison.overrides_ended),
        "money": len(comparison.money),
    }


def asked_days(request: HttpRequest) -> tuple[date, date]:
    """Return the two days that are asked for. Raises ``BadRequest`` with a sentence."""
    end = asked_day(request, "to") or timezone.localdate()
    start = asked_day(request, "from") or _earlier(end)
    if start > end:
        raise BadRequest(_("The first of the two days must not come after the second."))
    return start, end


def _earlier(day: date) -> date:
    return day - min(timedelta(days=DAYS_OF_CHANGE), day - date.min)
