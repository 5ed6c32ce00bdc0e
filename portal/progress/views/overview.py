"""The progress of the whole strategy on one screen, and the list behind each of its numbers."""

from datetime import date

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goals.current import strategy_or_404
from goals.models import Strategy
from portal.common.pages import render_page
from portal.common.query import PARAMETERS, asking, parameter
from portal.common.states import ProgressState

from ..listing import HEADERS, PAGE_SIZE, Listing, Row
from ..money import money_of, reconcile
from ..money_words import unit_for
from ..overview import Overview, organisations_of
from ..selection import GROUP_NAMES, LEVELS, NOBODY, PICKS, Wanted, is_too_early
from ..tables import csv_response
from .too_early import too_early


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """How far everything is, what is overdue, what has changed and what it costs."""
    strategy = strategy_or_404(request)
    page = Overview(strategy, Wanted.by(request))
    context = {"strategy": strategy, "page": page, "moment": page.wanted.moment}
    if not page.all_goals:
        return too_early(request, strategy, _("Progress"), request.path)
    context |= filter_context(page.wanted, page.all_goals, page.organisations)
    context |= {
        "latest_data": page.latest_data(),
        "on_query": asking(on=page.wanted.on),
        "level_names": level_names(),
        "all_states": list(ProgressState),
        "picks": PICKS,
        "brief_url": reverse("progress:brief") + brief_query(page.wanted.moment.day),
        "money": money_context(page),
    }
    context["is_sample"] = page.has_sample() or context["money"]["is_sample"]
    return render_page(request, "progress/overview.html", context)


def brief_query(day: date) -> str:
    """Ask the comparison for the days by which the overview says what has changed."""
    return asking(to=day.isoformat()) if day != timezone.localdate() else ""


def money_context(page: Overview) -> dict:
    """The sums of each goal, and how they become those of the strategy, in one unit."""
    money, on = money_of(page.strategy, page.selection.at), page.wanted.on
    sums = reconcile(money.lines, {goal: money.of("goal", goal.key) for goal in page.goals})
    rows = [
        {
            "title": f"{goal.code} {goal.title}",
            "url": reverse("progress:money") + asking(of=f"goal-{goal.code}", on=on),
            "sums": own,
        }
        for goal, own in sums.parts.items()
        if own.planned.lines
    ]
    whole = reverse("progress:money") + asking(on=on)
    total = [
        {"title": _("in no single goal"), "url": whole, "sums": sums.direct},
        {"title": _("counted in several goals"), "url": whole, "sums": sums.repeated},
        {"title": _("Total"), "url": whole, "sums": sums.total},
    ]
    return {
        "rows": rows,
        "is_empty": not money.lines,
        "total": [row for row in total if row["sums"].planned.lines and not page.wanted.goal],
        "unit": unit_for(amount for row in (*rows, *total) for amount in row["sums"]),
        "is_sample": any(line.is_sample for line in money.lines),
    }


def filter_context(wanted: Wanted, goals, organisations) -> dict:
    """What the form of filters offers, and how its fields are called."""
    return {
        "wanted": wanted,
        "goals": goals,
        "organisations": organisations,
        "nobody": NOBODY,
        "groups": GROUP_NAMES,
        "states": ProgressState,
        "names": {name: str(words) for name, words in PARAMETERS.items()},
        "today": timezone.localdate(),
    }


@require_safe
def progress_list(request: HttpRequest) -> HttpResponse:
    """The rows that a number of the overview counts, fifty to a page, all of them as a file."""
    strategy = strategy_or_404(request)
    listing = Listing.by(request)
    rows = listing.rows(strategy)
    if parameter(request, "format") == "csv":
        lines = (Row(assessment).cells() for assessment in rows.iterator())
        return csv_response(f"progress-{listing.level}", HEADERS, lines)
    title = level_names()[listing.level]
    if is_too_early(strategy, listing.wanted.moment.at):
        return too_early(request, strategy, title, request.path + listing.query(on=""))
    page = Paginator(rows, PAGE_SIZE).get_page(parameter(request, "page"))
    organisations = organisations_of(strategy)
    context = filter_context(listing.wanted, goals_of(strategy), organisations)
    context |= {
        "listing": listing,
        "moment": listing.wanted.moment,
        "level_names": level_names(),
        "all_states": list(ProgressState),
        "title": title,
        "narrowings": listing.narrowings(organisations),
        "picks": PICKS,
        "page": page,
        "pages": page_links(page, listing),
        "rows": [Row(assessment, listing.wanted.on) for assessment in page],
        "csv_url": request.path + listing.query(format="csv"),
        "overview_url": reverse("progress:overview") + listing.wanted.query(),
    }
    return render_page(request, "progress/list.html", context)


def page_links(page: Page, listing: Listing) -> list[tuple[int | str, str]]:
    """The numbers of the pages around ``page``, or an ellipsis, each with its query."""
    numbers = page.paginator.get_elided_page_range(page.number)
    return [(number, listing.query(page=str(number))) for number in numbers]


def goals_of(strategy: Strategy):
    """The goals that a filter offers."""
    return strategy.goals.public()


def level_names() -> dict[str, str]:
    names = (_("Goals"), _("Objectives"), _("Measures"), _("Indicators"))
    return dict(zip(LEVELS, names, strict=True))
