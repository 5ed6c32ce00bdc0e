"""The levels of the strategy, from the top down: each record is found by its code or created."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from goals.models import Amendment, Commitment, Fact, Goal, Objective, Strategy
from indicators.models import Indicator, Observation, Target
from measures.models import BudgetLine, Measure
from portal.accounts.models import Organisation
from portal.content.context import Record
from portal.content.loader import columns
from portal.content.loader.lists import put_list
from portal.content.loader.loading import Columns, Loading
from portal.content.wording import tidy

# A measure's change and the amendment that made it, if one did.
Change = tuple[Record, Amendment | None]


def by_code(rows: Iterable[Model]) -> dict[str, Any]:
    return {row.code: row for row in rows}


def rows_by(rows: Iterable[Model], name: str) -> dict[Any, list[Model]]:
    groups: dict[Any, list[Model]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, name)].append(row)
    return groups


@dataclass
class Levels:
    """Loads goals, objectives, measures and indicators of one strategy."""

    loading: Loading
    strategy: Strategy
    organisations: dict[str, Organisation]
    changes: dict[str, Change]
    goals: dict[str, Goal] = field(init=False)
    objectives: dict[str, Objective] = field(init=False)
    measures: dict[str, Measure] = field(init=False)
    indicators: dict[str, Indicator] = field(init=False)

    def __post_init__(self):
        strategy = self.strategy
        self.goals = by_code(strategy.goals.prefetch_related("old_slugs"))
        self.objectives = by_code(strategy.objectives.prefetch_related("old_slugs"))
        self.measures = by_code(strategy.measures.prefetch_related("old_slugs", "successors"))
        self.indicators = by_code(strategy.indicators.prefetch_related("old_slugs"))
        self._reserve_addresses()
        self._read_lists()

    def _reserve_addresses(self) -> None:
        for goal in self.goals.values():
            self.loading.reserve_row(Goal, goal)
        for objective in self.objectives.values():
            self.loading.reserve_row((Objective, objective.goal_id), objective)
        for measure in self.measures.values():
            self.loading.reserve_row((Measure, measure.objective_id), measure)
        for indicator in self.indicators.values():
            self.loading.reserve_row(Indicator, indicator)

    def _read_lists(self) -> None:
        strategy = self.strategy
        self.commitments = Commitment.objects.filter(goal__strategy=strategy)
        self.facts = Fact.objects.filter(objective__strategy=strategy)
        self.targets = Target.objects.filter(indicator__strategy=strategy)
        self.observations = Observation.objects.filter(indicator__strategy=strategy)
        self.budget = BudgetLine.objects.filter(measure__strategy=strategy)
        self.commitments_of = rows_by(self.commitments, "goal_id")
        self.facts_of = rows_by(self.facts, "objective_id")
        self.targets_of = rows_by(self.targets, "indicator_id")
        self.observations_of = rows_by(self.observations, "indicator_id")
        self.budget_of = rows_by(self.budget, "measure_id")

    def load(self, entries: list[Record]) -> None:
        self._reserve_given(entries)
        for entry in entries:
            self._goal(entry)
        self._successors()
        self._count_left()

    def _reserve_given(self, entries: list[Record]) -> None:
        """What the file gives outright goes before what is derived from titles."""
        for goal in entries:
            self.loading.reserve(Goal, goal.get("slug"))
            objectives = goal.get("objectives", [])
            measures = [m for objective in objectives for m in objective.get("measures", [])]
            for holder in (goal, *objectives, *measures):
                for indicator in holder.get("indicators", []):
                    self.loading.reserve(Indicator, indicator.get("slug"))

    def _goal(self, entry: Record) -> None:
        goal = self.goals.get(entry["code"]) or Goal()
        slugs = self.loading.slugs(goal, entry, "title", Goal)
        owner = {"strategy": self.strategy}
        goal = self.loading.put(goal, {**owner, **columns.goal(entry), **slugs}, entry)
        self.goals[goal.code] = goal
        self._lines(Commitment, {"goal": goal}, entry, "commitments", self.commitments_of)
        self._indicators(entry, goal=goal)
        objectives = entry.get("objectives", [])
        for objective in objectives:
            self.loading.reserve((Objective, goal.pk), objective.get("slug"))
        for objective in objectives:
            self._objective(objective, goal)

    def _objective(self, entry: Record, goal: Goal) -> None:
        objective = self.objectives.get(entry["code"]) or Objective()
        slugs = self.loading.slugs(objective, entry, "title", (Objective, goal.pk))
        values = {"goal": goal, **columns.objective(entry), **slugs}
        objective = self.loading.put(objective, values, entry)
        self.objectives[objective.code] = objective
        self._lines(Fact, {"objective": objective}, entry, "facts", self.facts_of)
        self._indicators(entry, objective=objective)
        measures = entry.get("measures", [])
        for measure in measures:
            self.loading.reserve((Measure, objective.pk), measure.get("slug"))
        for measure in measures:
            self._measure(measure, objective)

    def _measure(self, entry: Record, objective: Objective) -> None:
        measure = self.measures.get(entry["code"]) or Measure()
        values = {
            "objective": objective,
            **columns.measure(entry),
            **columns.merged(entry, "partners", measure.partners),
            **self._responsible(entry),
            **self._change(entry),
            **self.loading.slugs(measure, entry, "title", (Measure, objective.pk)),
        }
        measure = self.loading.put(measure, values, entry)
        self.measures[measure.code] = measure
        put_budget(self.loading, entry, {"measure": measure}, self.budget_of[measure.pk])
        self._indicators(entry, measure=measure)

    def _responsible(self, entry: Record) -> Columns:
        code = entry.get("responsible")
        return {"organisation": self.organisations[code]} if code else {}

    def _change(self, entry: Record) -> Columns:
        if entry["code"] not in self.changes:
            return {}
        change, amendment = self.changes[entry["code"]]
        made_by = {"amendment": amendment} if amendment else {}
        reason = columns.texts(change, "reason", "lifecycle_reason")
        return {"lifecycle": change["kind"], **reason, **made_by}

    def _successors(self) -> None:
        for code, (change, _amendment) in self.changes.items():
            successors = [self.measures[successor] for successor in change.get("successors", [])]
            self.loading.link(self.measures[code], "successors", successors)

    def _indicators(self, holder: Record, **parent: Goal | Objective | Measure) -> None:
        parents = {"goal": None, "objective": None, "measure": None, **parent}
        for entry in holder.get("indicators", []):
            indicator = self.indicators.get(entry["code"]) or Indicator()
            values = {
                **parents,
                **columns.indicator(entry),
                **self._responsible(entry),
                **self.loading.slugs(indicator, entry, "name", Indicator),
            }
            indicator = self.loading.put(indicator, values, entry)
            self.indicators[indicator.code] = indicator
            self._targets(entry, indicator)
            self._observations(entry, indicator)

    def _targets(self, holder: Record, indicator: Indicator) -> None:
        stored = {target.by: target for target in self.targets_of[indicator.pk]}
        for entry in holder.get("target", []):
            target = stored.get(entry.get("by", ""))
            values = columns.target(entry, created=target is None)
            self.loading.put(target or Target(), {"indicator": indicator, **values}, entry)

    def _observations(self, holder: Record, indicator: Indicator) -> None:
        stored = {o.period: o for o in self.observations_of[indicator.pk]}
        for entry in holder.get("observations", []):
            observation = stored.get(entry["period"]) or Observation()
            values = {"indicator": indicator, **columns.observation(entry)}
            self.loading.put(observation, values, entry)

    def _lines(self, model, owner: Columns, holder: Record, key: str, rows_of: dict) -> None:
        (of,) = owner.values()
        lines = [(columns.line(entry), entry) for entry in holder.get(key, [])]
        rows = rows_of[of.pk]
        put_list(self.loading, model=model, owner=owner, lines=lines, rows=rows, text="text")

    def _count_left(self) -> None:
        left = {
            Goal: self.goals.values(),
            Objective: self.objectives.values(),
            Measure: self.measures.values(),
            Indicator: self.indicators.values(),
            Commitment: self.commitments,
            Fact: self.facts,
            Target: self.targets,
            Observation: self.observations,
            BudgetLine: self.budget,
        }
        for model, rows in left.items():
            self.loading.count_left(model, rows)


def put_budget(
    loading: Loading, holder: Record, owner: Columns, rows: Iterable[BudgetLine]
) -> None:
    stored = {(line.year, tidy(line.source)): line for line in rows}
    for entry in holder.get("budget", []):
        line = stored.get((entry["year"], entry.get("source", ""))) or BudgetLine()
        loading.put(line, {**owner, **columns.budget_line(entry)}, entry)
