from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goals.current import strategy_or_404
from goals.models import Strategy
from goals.views import tree_crumb
from portal.accounts.models import Organisation
from portal.common.addresses import find_by_slug, find_moved
from portal.common.assessed import bring_progress
from portal.common.languages import active_language
from portal.common.level import level_context, missing_sentence, next_target
from portal.common.moment import asked_moment
from portal.common.pages import crumb, redirect_to_own_address, render_page

from .models import Measure, Milestone, Project


@require_safe
def detail(request: HttpRequest, goal: str, objective: str, measure: str) -> HttpResponse:
    """A measure: who carries it out, by when, how one can tell, and what has been reported."""
    strategy = strategy_or_404(request)
    measure = find_measure(strategy, request.user, goal, objective, measure)
    if redirect := redirect_to_own_address(request, measure):
        return redirect
    objective, moment = measure.objective, asked_moment(request)
    objective.goal.strategy = strategy  # known already; the page asks for its code
    indicators = measure.indicators.visible_to(request.user).listed(moment.at)
    bring_progress(strategy, [measure, *indicators], moment.at)
    context = level_context(
        record=measure,
        level="measure",
        kind=_("Measure"),
        crumbs=[tree_crumb(), crumb(objective.goal), crumb(objective)],
        siblings=list(objective.measures.visible_to(request.user)),
        moment=moment,
    )
    context |= work_context(measure, request.user)
    context |= {
        "goal": objective.goal,
        "indicators": indicators,
        "next_due": next_target(indicators, moment.day),
        "projects": measure.projects.visible_to(request.user).for_lists(),
        "successors": successors_of(measure, request.user),
    }
    context["missing"] = missing_sentence(
        _missing_of(measure, indicators, context["reports"], context["next_due"]),
        deliverer=str(measure.organisation or strategy.municipality),
    )
    return render_page(request, "measures/measure_detail.html", context, record=measure)


def successors_of(measure: Measure, user):
    """What continues a measure; one that is in force needs no look."""
    if measure.lifecycle == Measure.Lifecycle.ACTIVE:
        return Measure.objects.none()
    return measure.successors.visible_to(user).with_place()


def work_context(work: Measure | Project, user) -> dict:
    """Return what the pages of measures and projects share: partners, reports and money."""
    return {
        "partners": partner_names(work.partners),
        "reports": work.reports.visible_to(user).for_page(),
    }


def find_measure(strategy: Strategy, user, goal: str, objective: str, measure: str) -> Measure:
    """Find a measure by the three parts of its address, former and foreign ones included."""
    language = active_language()
    measures = strategy.measures.visible_to(user).with_place()
    exact = measures.filter(
        **{
            f"slug_{language}": measure,
            f"objective__slug_{language}": objective,
            f"objective__goal__slug_{language}": goal,
        }
    ).first()
    if exact is not None:
        return exact
    found_goal = find_by_slug(strategy.goals.visible_to(user), goal)
    objectives = strategy.objectives.visible_to(user)
    found_objective = find_moved(objectives.filter(goal=found_goal), objectives, objective)
    return find_moved(measures.filter(objective=found_objective), measures, measure)


def _missing_of(measure: Measure, indicators: list, reports, next_due) -> list[str]:
    if measure.lifecycle != Measure.Lifecycle.ACTIVE:
        return []  # nobody is going to publish more about it
    things = []
    if not measure.published_state:
        things.append(_("the status"))
    if not measure.organisation:
        things.append(_("the responsible organisation"))
    if not indicators:
        things.append(_("the indicators"))
    elif not any(indicator.latest for indicator in indicators):
        things.append(_("measured values of the indicators"))
    if not next_due:
        things.append(_("the next deadline"))
    if not reports:
        things.append(_("progress reports"))
    return things


def partner_names(partners: list[str]) -> list[str]:
    """Return partners as names; a code of an organisation becomes its name."""
    if not partners:
        return []
    names = {o.code: str(o) for o in Organisation.objects.filter(code__in=partners)}
    return [names.get(partner, partner) for partner in partners]


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """All projects of the strategy."""
    strategy = strategy_or_404(request)
    projects = strategy.projects.visible_to(request.user).for_lists()
    return render_page(request, "measures/project_list.html", {"projects": projects})


@require_safe
def project_detail(request: HttpRequest, project: str) -> HttpResponse:
    """A project: what it serves, with whom, its milestones and its money."""
    strategy = strategy_or_404(request)
    projects = strategy.projects.visible_to(request.user)
    project = find_by_slug(projects.for_page(), project)
    if redirect := redirect_to_own_address(request, project):
        return redirect
    context = level_context(
        record=project,
        level="project",
        kind=_("Project"),
        crumbs=[{"title": _("Projects"), "url": reverse("measures:project-list")}],
        siblings=list(projects),
    )
    milestones = list(project.milestones.all())
    context |= work_context(project, request.user)
    context |= {
        "goals": project.goals.visible_to(request.user),
        "objectives": project.objectives.visible_to(request.user).select_related("goal"),
        "measures": project.measures.visible_to(request.user).with_place(),
        "milestones": milestones,
        "next_milestone": next_milestone(milestones, timezone.localdate()),
    }
    context["missing"] = missing_sentence(
        _missing_of_project(project, milestones),
        deliverer=str(project.organisation or strategy.municipality),
    )
    return render_page(request, "measures/project_detail.html", context, record=project)


def next_milestone(milestones: list[Milestone], today: date) -> Milestone | None:
    """Return the first milestone that is neither done nor past, of those in order of their days."""
    upcoming = (m for m in milestones if m.due_on and m.due_on >= today and not m.done_on)
    return next(upcoming, None)


def _missing_of_project(project: Project, milestones: list) -> list[str]:
    things = []
    if not project.status:
        things.append(_("the status"))
    if not project.organisation:
        things.append(_("the responsible organisation"))
    if not (project.start or project.end):
        things.append(_("the time frame"))
    if not milestones:
        things.append(_("milestones"))
    return things
