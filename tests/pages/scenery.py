"""A strategy with every optional part, for tests that look at all pages."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.urls import get_resolver, reverse
from django.utils.translation import override

from portal.common.addresses import tail_in
from portal.common.models import AuditEntry
from portal.common.services import remember
from portal.progress.services.recompute import recompute_all
from portal.progress.views.why import WHY
from tests import factories as make

# Routes without a record; what is for staff or for accounts has tests of its own.
FIXED = [
    *("pages:home", "pages:about", "pages:tree", "pages:organisation-list"),
    *("pages:accessibility", "pages:privacy", "pages:rules"),
    *("measures:project-list", "indicators:list", "indicators:data-status", "search:search"),
    *("progress:overview", "progress:list", "progress:money", "progress:brief", "progress:why"),
    "progress:timeline",
]
FOR_STAFF = {"pages:gallery"}
# Routes with a record, and where in the scenery it stands.
DETAILS = {
    "goals:detail": "goal",
    "goals:objective-detail": "objective",
    "measures:detail": "measure",
    "measures:project-detail": "project",
    "indicators:detail": "indicator",
    "pages:organisation-detail": "organisation",
    "progress:goal-why": "goal",
    "progress:objective-why": "objective",
    "progress:measure-why": "measure",
    "progress:indicator-why": "indicator",
}


@dataclass
class Scenery:
    """The records on whose pages the others stand."""

    strategy: models.Model
    goal: models.Model
    objective: models.Model
    measure: models.Model
    project: models.Model
    indicator: models.Model
    organisation: models.Model


def public_routes() -> set[str]:
    """The names of all pages for readers, read from the URL patterns."""
    spaces = get_resolver().namespace_dict
    readers = ("pages", "progress", "goals", "measures", "indicators", "search")
    return {
        f"{space}:{name}"
        for space in readers
        for name in spaces[space][1].reverse_dict
        if isinstance(name, str)
    }


def fixed_address(route: str, language: str) -> str:
    with override(language):
        return reverse(route)


def detail_address(scenery: "Scenery", route: str, language: str) -> str:
    """The page of a record, or the one that explains its state."""
    tail = tail_in(language, WHY) if route.endswith("-why") else ""
    return getattr(scenery, DETAILS[route]).url_in(language) + tail


def build() -> Scenery:
    """One record of each kind, related in every way the models allow."""
    whole = make.OrganisationFactory(code="city")
    organisation = make.OrganisationFactory(code="office", parent=whole, contact="Main Square 1")
    strategy = make.StrategyFactory(
        adopted_on=datetime.date(2023, 1, 1), sources=["https://city.example/strategy"]
    )
    goal = make.GoalFactory(strategy=strategy, code="1", **published_status())
    objective = make.ObjectiveFactory(goal=goal, code="1.1", **published_status())
    measure = make.MeasureFactory(
        objective=objective,
        code="1.1.1",
        organisation=organisation,
        partners=["city", "A partner"],
        lifecycle="replaced",
        lifecycle_reason_sl="Razlog",
        lifecycle_reason_en="Reason",
        amendment=make.AmendmentFactory(strategy=strategy),
        **published_status(),
    )
    project = make.ProjectFactory(organisation=organisation, partners=["city"])
    indicator = make.IndicatorFactory(
        measure=measure, code="K0", organisation=organisation, baseline_value=1
    )
    scenery = Scenery(strategy, goal, objective, measure, project, indicator, organisation)
    grow(scenery)
    return scenery


def published_status() -> dict:
    return {
        "published_state": "in_progress",
        "published_text_sl": "V teku.",
        "published_text_en": "Under way.",
        "published_on": "2026-05",
        "published_source": "https://city.example/status",
    }


def grow(scenery: Scenery, times: int = 1) -> None:
    """Add to every list of every page, and judge the progress of it all."""
    for _ in range(times):
        add_frame(scenery)
        add_promises(scenery)
        add_work(scenery)
        add_values(scenery)
    recompute_all()


def add_frame(scenery: Scenery) -> None:
    strategy = scenery.strategy
    for kind in ("value", "principle", "prepared_by", "stakeholder", "method"):
        make.StrategyItemFactory(strategy=strategy, kind=kind, source="https://city.example/i")
    make.PreparationEventFactory(strategy=strategy)
    make.AmendmentFactory(strategy=strategy)
    make.OrganisationFactory(parent=scenery.organisation)
    make.CommitmentFactory(goal=scenery.goal)
    make.FactFactory(objective=scenery.objective)
    for record in (scenery.goal, scenery.objective, scenery.measure, scenery.project):
        changes = {"title_sl": ["a", "b"], "content_state": ["none", "partial"]}
        remember(record=record, action=AuditEntry.Action.CHANGED, changes=changes, by=None)


def add_promises(scenery: Scenery) -> None:
    goal = make.GoalFactory(strategy=scenery.strategy)
    objective = make.ObjectiveFactory(goal=scenery.goal)
    measure = make.MeasureFactory(
        objective=scenery.objective,
        organisation=make.OrganisationFactory(parent=scenery.organisation),
    )
    kept = make.MeasureFactory(objective=objective, organisation=scenery.organisation)
    scenery.measure.successors.add(measure)
    for parent in (
        {"goal": goal, "measure": None},
        {"goal": scenery.goal, "measure": None},
        {"objective": scenery.objective, "measure": None},
        {"objective": objective, "measure": None},
        {"measure": scenery.measure},
        {"measure": measure},
        {"measure": kept, "organisation": scenery.organisation},
    ):
        indicator = make.IndicatorFactory(**parent)
        make.TargetFactory(indicator=indicator)
        make.ObservationFactory(indicator=indicator)
    scenery.project.goals.add(scenery.goal, goal)
    scenery.project.objectives.add(scenery.objective, objective)
    scenery.project.measures.add(scenery.measure, measure)


def add_work(scenery: Scenery) -> None:
    project = make.ProjectFactory(organisation=scenery.organisation, measures=[scenery.measure])
    project.goals.add(scenery.goal)
    project.objectives.add(scenery.objective)
    make.MilestoneFactory(project=scenery.project)
    year = 2020 + scenery.project.budget.count()
    make.BudgetLineFactory(project=scenery.project, year=year)
    make.BudgetLineFactory(project=None, measure=scenery.measure, year=year)
    for subject in (
        {"measure": scenery.measure},
        {"measure": None, "project": scenery.project},
    ):
        report = make.ProgressReportFactory(claimed_state="in_progress", **subject)
        make.EvidenceFactory.create_batch(2, report=report)


def add_values(scenery: Scenery) -> None:
    indicator = scenery.indicator
    make.TargetFactory(indicator=indicator, by=str(2027 + indicator.targets.count()))
    make.ObservationFactory(
        indicator=indicator,
        period=str(1990 + indicator.observations.count()),
        note_sl="Opomba",
        note_en="Note",
    )


def addresses(scenery: Scenery, language: str) -> dict[str, str]:
    """The address of one page per route."""
    found = {route: fixed_address(route, language) for route in FIXED}
    for route in DETAILS:
        found[route] = detail_address(scenery, route, language)
    return found
