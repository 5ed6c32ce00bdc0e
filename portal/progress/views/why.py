"""Why a state is what it is: everything that a reader needs to redo the sum by hand."""

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from goals.current import strategy_or_404
from goals.views import tree_crumb
from indicators.views import crumbs_above
from measures.views import find_measure
from portal.common.addresses import find_by_slug, find_moved
from portal.common.moment import asked_moment
from portal.common.pages import crumb, redirect_to_own_address, render_page
from portal.common.query import PARAMETERS, asking, parameter

from ..explanation import explanation
from ..shown import shown_progress
from ..sums import sum_as_csv

WHY = pgettext_lazy("url", "why/")


@require_safe
def goal(request: HttpRequest, goal: str) -> HttpResponse:
    """Why a goal is in its state."""
    strategy = strategy_or_404(request)
    record = find_by_slug(strategy.goals.visible_to(request.user), goal)
    return _why(request, record, [tree_crumb()])


@require_safe
def objective(request: HttpRequest, goal: str, objective: str) -> HttpResponse:
    """Why an objective is in its state."""
    strategy = strategy_or_404(request)
    above = find_by_slug(strategy.goals.visible_to(request.user), goal)
    here, anywhere = (
        holder.objectives.visible_to(request.user).select_related("goal")
        for holder in (above, strategy)
    )
    record = find_moved(here, anywhere, objective)
    return _why(request, record, [tree_crumb(), crumb(record.goal)])


@require_safe
def measure(request: HttpRequest, goal: str, objective: str, measure: str) -> HttpResponse:
    """Why a measure is in its state."""
    strategy = strategy_or_404(request)
    record = find_measure(strategy, request.user, goal, objective, measure)
    above = record.objective
    return _why(request, record, [tree_crumb(), crumb(above.goal), crumb(above)])


@require_safe
def indicator(request: HttpRequest, indicator: str) -> HttpResponse:
    """Why an indicator is in its state."""
    strategy = strategy_or_404(request)
    indicators = strategy.indicators.visible_to(request.user).with_place()
    record = find_by_slug(indicators, indicator)
    return _why(request, record, [tree_crumb(), *crumbs_above(record)])


@require_safe
def whole_strategy(request: HttpRequest) -> HttpResponse:
    """Why the whole strategy is in its state."""
    overview = {"title": _("Progress"), "url": reverse("progress:overview")}
    return _why(request, strategy_or_404(request), [overview])


def _why(request: HttpRequest, record: Model, crumbs: list[dict[str, str]]) -> HttpResponse:
    is_strategy = record._meta.model_name == "strategy"
    if not is_strategy and (redirect := redirect_to_own_address(request, record, WHY)):
        return redirect
    moment = asked_moment(request)
    shown = shown_progress(record, moment)
    if parameter(request, "format") == "csv":
        return sum_as_csv(shown)
    context = explanation(shown, request.user) | {
        "record": record,
        "crumbs": crumbs if is_strategy else [*crumbs, crumb(record)],
        "moment": moment,
        "on_name": str(PARAMETERS["on"]),
        "today_url": request.path,
        "csv_url": asking(format="csv", on=moment.day.isoformat() if moment.is_past else ""),
    }
    own = {} if is_strategy else {"record": record, "tail": WHY}
    return render_page(request, "progress/why.html", context, **own)
