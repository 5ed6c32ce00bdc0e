"""The one door for writing a strategy file."""

from typing import Any

from django.db.models import Prefetch

from goals.models import Goal, Objective, Strategy
from indicators.models import Indicator
from measures.models import Measure
from portal.accounts.models import District
from portal.content.exporter import frame, levels
from portal.content.exporter.organisations import organisations_of
from portal.content.exporter.values import arranged
from portal.content.schema import FILE, FORMAT
from portal.content.yamlwriter import to_yaml


def strategy_tree(strategy: Strategy) -> dict[str, Any]:
    """The strategy as the tree of its file, drafts included; people and reports are not in it."""
    goals = list(_goals(strategy))
    projects = strategy.projects.order_by("pk").select_related("organisation")
    projects = projects.prefetch_related("goals", "objectives", "measures", "budget", "milestones")
    return arranged(
        FILE,
        {
            "format": FORMAT,
            "strategy": frame.strategy(strategy, _changed_by_amendment(goals)),
            "organisations": [frame.organisation(o) for o in organisations_of(strategy)],
            "districts": [frame.district(d) for d in District.objects.order_by("pk")],
            "goals": [levels.goal(goal) for goal in levels.as_entered(goals)],
            "projects": [levels.project(project) for project in projects],
        },
    )


def strategy_yaml(strategy: Strategy) -> str:
    """The strategy file of a strategy; loading it changes nothing."""
    return to_yaml(strategy_tree(strategy))


def _goals(strategy: Strategy):
    indicators = Indicator.objects.select_related("organisation").prefetch_related(
        "targets", "observations"
    )
    of_holder = Prefetch("indicators", indicators)
    measures = Measure.objects.select_related("organisation").prefetch_related(
        "budget", "successors", of_holder
    )
    objectives = Objective.objects.prefetch_related(
        "facts", of_holder, Prefetch("measures", measures)
    )
    return Goal.objects.filter(strategy=strategy).prefetch_related(
        "commitments", of_holder, Prefetch("objectives", objectives)
    )


def _changed_by_amendment(goals: list[Goal]) -> dict[int, list[Measure]]:
    changed: dict[int, list[Measure]] = {}
    for goal in goals:
        for objective in goal.objectives.all():
            for measure in objective.measures.all():
                if measure.amendment_id and measure.lifecycle != Measure.Lifecycle.ACTIVE:
                    changed.setdefault(measure.amendment_id, []).append(measure)
    return changed
