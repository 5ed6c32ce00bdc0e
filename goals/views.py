from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.common.addresses import find_by_slug, find_moved
from portal.common.assessed import bring_progress
from portal.common.languages import active_language
from portal.common.level import level_context, missing_sentence, next_target
from portal.common.models import AuditEntry, Slugged
from portal.common.moment import Moment, asked_moment
from portal.common.pages import crumb, redirect_to_own_address, render_page

from .current import strategy_or_404
from .models import Goal, Objective, Strategy


@require_safe
def detail(request: HttpRequest, goal: str) -> HttpResponse:
    """A strategic goal: what is promised, who keeps it and what has been published of it."""
    strategy = strategy_or_404(request)
    goals = strategy.goals.visible_to(request.user)
    siblings = list(goals)
    goal = among(siblings, goal) or find_by_slug(goals, goal)
    if redirect := redirect_to_own_address(request, goal):
        return redirect
    moment = asked_moment(request)
    context = level_context(
        record=goal,
        level="goal",
        kind=_("Strategic goal"),
        crumbs=[tree_crumb()],
        siblings=siblings,
        moment=moment,
    )
    context |= goal_contents(strategy, goal, request.user, moment)
    context |= {
        "goal": goal,
        "commitments": goal.commitments.all(),
        "projects": goal.projects.visible_to(request.user).for_lists(),
        "content_since": content_known_since(goal),
    }
    return render_page(request, "goals/goal_detail.html", context, record=goal)


def among(records: Iterable[Slugged], slug: str) -> Slugged | None:
    """Return the record that has this address in the language of the page, without asking."""
    column = f"slug_{active_language()}"
    return next((record for record in records if getattr(record, column) == slug), None)


def goal_contents(strategy: Strategy, goal: Goal, user, moment: Moment) -> dict:
    """Gather what stands below a goal, each with its progress; one query for each kind."""
    objectives = list(goal.objectives.visible_to(user).with_visible(user, "measures"))
    measures = [measure for objective in objectives for measure in objective.measures.all()]
    indicators = strategy.indicators.visible_to(user).below(goal).listed(moment.at)
    bring_progress(strategy, [goal, *objectives, *measures, *indicators], moment.at)
    own_indicators = hang_up(indicators, goal, [*objectives, *measures])
    return {
        "objectives": objectives,
        **promise_context(strategy, goal, measures, own_indicators, moment.day),
    }


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
    measures = list(objective.measures.visible_to(request.user).for_lists())
    indicators = strategy.indicators.visible_to(request.user).below(objective).listed(moment.at)
    bring_progress(strategy, [objective, *measures, *indicators], moment.at)
    own_indicators = hang_up(indicators, objective, measures)
    context = level_context(
        record=objective,
        level="objective",
        kind=_("Objective"),
        crumbs=[tree_crumb(), crumb(goal)],
        siblings=list(siblings),
        moment=moment,
    )
    context |= promise_context(strategy, objective, measures, own_indicators, moment.day)
    context |= {
        "goal": goal,
        "measures": measures,
        "facts": objective.facts.all(),
        "projects": objective.projects.visible_to(request.user).for_lists(),
    }
    return render_page(request, "goals/objective_detail.html", context, record=objective)


def hang_up(indicators: Iterable[Model], record: Model, below: Iterable[Model]) -> list[Model]:
    """Give each record ``below`` its ``listed_indicators``; return those of ``record`` itself."""
    by_parent: dict[tuple[str, int], list[Model]] = defaultdict(list)
    for indicator in indicators:
        by_parent[indicator.parent_key].append(indicator)
    for holder in below:
        holder.listed_indicators = by_parent[holder._meta.model_name, holder.pk]
    return by_parent[record._meta.model_name, record.pk]


def tree_crumb() -> dict[str, str]:
    return {"title": _("Goals and measures"), "url": reverse("pages:tree")}


def promise_context(
    strategy: Strategy,
    record: Goal | Objective,
    measures: list[Model],
    own_indicators: list[Model],
    on: date,
) -> dict:
    """Gather what the measures below a goal or objective say: who, when, and what is missing."""
    indicators = own_indicators + [i for measure in measures for i in measure.listed_indicators]
    organisations = {m.organisation for m in measures if m.organisation}
    next_due = next_target(indicators, on)
    things = []
    if not record.published_state:
        things.append(_("the status"))
    if measures and not organisations:
        things.append(_("the responsible organisations"))
    if indicators and not any(indicator.latest for indicator in indicators):
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
