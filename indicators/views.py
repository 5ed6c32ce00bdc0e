from itertools import groupby

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goals.current import strategy_or_404
from goals.views import tree_crumb
from portal.common.addresses import find_by_slug
from portal.common.assessed import bring_progress
from portal.common.level import level_context, missing_sentence
from portal.common.moment import asked_moment
from portal.common.pages import crumb, redirect_to_own_address, render_page

from .models import Indicator


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All indicators by goal."""
    strategy = strategy_or_404(request)
    indicators = strategy.indicators.visible_to(request.user).with_place().listed()
    bring_progress(strategy, indicators)
    context = {"groups": by_goal(indicators), "all_indicators": indicators}
    return render_page(request, "indicators/indicator_list.html", context)


def by_goal(indicators) -> list[tuple[Model, list[Indicator]]]:
    """Group indicators by the goal they serve, both in the order of their codes."""
    ordered = sorted(indicators, key=lambda i: (i.goal_above.code_sort, i.code_sort))
    groups = groupby(ordered, key=lambda indicator: indicator.goal_above)
    return [(goal, list(members)) for goal, members in groups]


@require_safe
def detail(request: HttpRequest, indicator: str) -> HttpResponse:
    """An indicator: what it measures, what it should reach and every published value."""
    strategy = strategy_or_404(request)
    indicators = strategy.indicators.visible_to(request.user)
    moment = asked_moment(request)
    found = indicators.with_place().for_lists().with_observations(moment.at).with_evidence()
    indicator = find_by_slug(found, indicator)
    if redirect := redirect_to_own_address(request, indicator):
        return redirect
    context = level_context(
        record=indicator,
        level="indicator",
        kind=_("Indicator"),
        crumbs=[tree_crumb(), *crumbs_above(indicator)],
        siblings=list(indicators.beside(indicator)),
        moment=moment,
    )
    goal = indicator.goal_above
    goal.strategy = strategy  # known already; the page asks for its code
    context |= {
        "goal": goal,
        "targets": indicator.targets.all(),
        "observations": indicator.known_observations,
        "corrections": indicator.former_observations.replaced_until(moment.at),
        "missing": _missing_words(indicator, strategy.municipality),
        "data_status_url": reverse("indicators:data-status"),
    }
    return render_page(request, "indicators/indicator_detail.html", context, record=indicator)


def crumbs_above(indicator: Indicator) -> list[dict[str, str]]:
    if indicator.measure:
        objective = indicator.measure.objective
        chain = [objective.goal, objective, indicator.measure]
    elif indicator.objective:
        chain = [indicator.objective.goal, indicator.objective]
    else:
        chain = [indicator.goal]
    return [crumb(record) for record in chain]


def _missing_words(indicator: Indicator, municipality: str) -> str:
    """Say what is not published, who is to publish it and by when."""
    last = indicator.last_dated_target
    return missing_sentence(
        _missing_of(indicator),
        deliverer=str(indicator.responsible or municipality),
        by=last.by_words if last else "",
        is_past=last is not None and last.due_on < timezone.localdate(),
    )


def _missing_of(indicator: Indicator) -> list[str]:
    things = []
    if not indicator.latest:
        things.append(_("measured values"))
    if indicator.baseline_value is None and indicator.is_numeric:
        things.append(_("the baseline"))
    if not indicator.responsible:
        things.append(_("the responsible organisation"))
    if indicator.is_numeric and not indicator.has_target_value:
        things.append(_("the target value"))
    return things
