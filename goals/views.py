from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.addresses import find_by_slug, find_moved
from portal.common.level import level_context, missing_sentence, next_target
from portal.common.models import AuditEntry
from portal.common.moment import asked_moment
from portal.common.pages import crumb, redirect_to_own_address, render_page

from .current import strategy_or_404
from .models import Goal, Objective, Strategy


@require_safe
def detail(request: HttpRequest, goal: str) -> HttpResponse:
    """A strategic goal: what is promised, who keeps it and what has been published of it."""
    strategy = strategy_or_404(request)
    goals = strategy.goals.visible_to(request.user)
    goal = find_by_slug(goals, goal)
    if redirect := redirect_to_own_address(request, goal):
        return redirect
    moment = asked_moment(request)
    objectives = goal.objectives.visible_to(request.user).for_lists(moment.at)
    below = "measures__indicators"
    objectives = list(objectives.with_visible(request.user, below, moment.at))
    own_indicators = list(goal.indicators.visible_to(request.user).for_lists(moment.at))
    measures = [measure for objective in objectives for measure in objective.measures.all()]
    context = level_context(
        record=goal,
        level="goal",
        kind=_("Strategic goal"),
        crumbs=[tree_crumb()],
        siblings=list(goals),
        moment=moment,
    )
    context |= promise_context(strategy, goal, measures, own_indicators)
    context |= {
        "goal": goal,
        "objectives": objectives,
        "commitments": goal.commitments.all(),
        "projects": goal.projects.visible_to(request.user).for_lists(),
        "content_since": content_known_since(goal),
    }
    return render_page(request, "goals/goal_detail.html", context, record=goal)


@require_safe
def objective_detail(request: HttpRequest, goal: str, objective: str) -> HttpResponse:
    """A specific objective with its measures and their indicators."""
    strategy = strategy_or_404(request)
    goal = find_by_slug(strategy.goals.visible_to(request.user), goal)
    siblings = goal.objectives.visible_to(request.user)
    anywhere = strategy.objectives.visible_to(request.user).select_related("goal")
    objective = find_moved(siblings, anywhere, objective)
    if redirect := redirect_to_own_address(request, objective):
        return redirect
    moment = asked_moment(request)
    measures = objective.measures.visible_to(request.user).for_lists(moment.at)
    measures = list(measures.with_visible(request.user, "indicators", moment.at))
    own_indicators = list(objective.indicators.visible_to(request.user).for_lists(moment.at))
    context = level_context(
        record=objective,
        level="objective",
        kind=_("Objective"),
        crumbs=[tree_crumb(), crumb(goal)],
        siblings=list(siblings),
        moment=moment,
    )
    context |= promise_context(strategy, objective, measures, own_indicators)
    context |= {
        "goal": goal,
        "measures": measures,
        "facts": objective.facts.all(),
        "projects": objective.projects.visible_to(request.user).for_lists(),
    }
    return render_page(request, "goals/objective_detail.html", context, record=objective)


def tree_crumb() -> dict[str, str]:
    return {"title": _("Goals and measures"), "url": reverse("pages:tree")}


def promise_context(
    strategy: Strategy, record: Goal | Objective, measures: list[Model], own_indicators: list[Model]
) -> dict:
    """Gather what the measures below a goal or objective say: who, when, and what is missing."""
    indicators = own_indicators + [i for measure in measures for i in measure.indicators.all()]
    organisations = {m.organisation for m in measures if m.organisation}
    next_due = next_target(indicators, timezone.localdate())
    things = []
    if not record.published_state:
        things.append(_("the status"))
    if measures and not organisations:
        things.append(_("the responsible organisations"))
    if indicators and not any(indicator.observations.all() for indicator in indicators):
        things.append(_("measured values of the indicators"))
    if indicators and not next_due:
        things.append(_("the next deadline"))
    return {
        "own_indicators": own_indicators,
        "organisations": sorted(organisations, key=lambda o: o.code_sort),
        "next_due": next_due,
        "missing": missing_sentence(things, deliverer=strategy.municipality),
        "known_since": record.created_at,
    }


def content_known_since(goal: Goal):
    """Return the moment since which the portal knows how much of this goal is published."""
    entry = AuditEntry.objects.of(goal).changing("content_state").first()
    return entry.at if entry else goal.created_at
