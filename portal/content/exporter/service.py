"""The one door for writing a strategy file."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import ngettext

from goals.models import Goal, Objective, Strategy
from indicators.models import Indicator
from measures.models import Measure
from portal.accounts.models import District, Organisation
from portal.content.exporter import frame, levels
from portal.content.exporter.organisations import organisations_of
from portal.content.exporter.sample import (
    count_left_out,
    take_back,
    without_references,
    without_sample,
)
from portal.content.exporter.values import arranged
from portal.content.schema import FILE, FORMAT
from portal.content.yamlwriter import to_yaml


def strategy_tree(strategy: Strategy) -> dict[str, Any]:
    """The strategy as the tree of its file, drafts included.

    People, reports and sample data are not in it.
    """
    return _tree(strategy, organisations_of(strategy))


def strategy_yaml(strategy: Strategy) -> str:
    """The strategy file of a strategy; loading it changes nothing.

    Where sample data were left out, a comment in the first line says how many records.
    """
    organisations = organisations_of(strategy)
    text = to_yaml(_tree(strategy, organisations))
    if not (count := count_left_out(strategy, organisations)):
        return text
    note = ngettext(
        "%(count)d record of the sample data was left out.",
        "%(count)d records of the sample data were left out.",
        count,
    )
    return f"# {note % {'count': count}}\n{text}"


def _tree(strategy: Strategy, organisations: list[Organisation]) -> dict[str, Any]:
    goals = list(_goals(strategy))
    projects = strategy.projects.order_by("pk").select_related("organisation")
    projects = projects.prefetch_related("goals", "objectives", "measures", "budget", "milestones")
    projects = list(projects)
    take_back([*projects, *_owned(goals)])
    tree = {
        "format": FORMAT,
        "strategy": frame.strategy(strategy, _changed_by_amendment(goals)),
        "organisations": [frame.organisation(o) for o in without_sample(organisations)],
        "districts": [frame.district(d) for d in District.objects.order_by("pk")],
        "goals": [levels.goal(goal) for goal in levels.as_entered(goals)],
        "projects": [levels.project(project) for project in projects],
    }
    sample = {organisation.code for organisation in organisations if organisation.is_sample}
    return arranged(FILE, without_references(tree, sample) if sample else tree)


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


def _owned(goals: list[Goal]) -> Iterator[Measure | Indicator]:
    """Every measure and indicator below ``goals``."""
    for goal in goals:
        yield from goal.indicators.all()
        for objective in goal.objectives.all():
            yield from objective.indicators.all()
            for measure in objective.measures.all():
                yield measure
                yield from measure.indicators.all()


def _changed_by_amendment(goals: list[Goal]) -> dict[int, list[Measure]]:
    changed: dict[int, list[Measure]] = {}
    for goal in goals:
        for objective in goal.objectives.all():
            for measure in objective.measures.all():
                if measure.amendment_id and measure.lifecycle != Measure.Lifecycle.ACTIVE:
                    changed.setdefault(measure.amendment_id, []).append(measure)
    return changed
