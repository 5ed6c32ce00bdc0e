"""Which indicators and levels a recompute touches: those named, and all that stand above them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Model, Q

from goals.models import Goal, Objective, Strategy
from indicators.models import Indicator, Level
from measures.models import Measure

MODELS: dict[str, type[Model]] = {
    Level.STRATEGY.value: Strategy,
    Level.GOAL.value: Goal,
    Level.OBJECTIVE.value: Objective,
    Level.MEASURE.value: Measure,
    Level.INDICATOR.value: Indicator,
}
# From below: a level is rolled up when all that stands below it has been.
ROLLED_UP = ("measure", "objective", "goal", "strategy")
PARENTS = {
    "indicator": ("measure", "objective", "goal"),
    "measure": ("objective",),
    "objective": ("goal",),
    "goal": ("strategy",),
}
# The ways from an indicator up to each level.
PATHS = {
    "measure": ("measure",),
    "objective": ("objective", "measure__objective"),
    "goal": ("goal", "objective__goal", "measure__objective__goal"),
    "strategy": ("strategy",),
}
BELOW = ":below"


class Subject(NamedTuple):
    """What is assessed, named as in the outbox: ``indicator:12``."""

    level: str
    pk: int

    def __str__(self) -> str:
        return f"{self.level}:{self.pk}"


def subject(key: str) -> Subject:
    """Read ``indicator:12``; ``ValueError`` for anything else."""
    level, _colon, pk = key.partition(":")
    if level not in MODELS:
        raise ValueError(key)
    return Subject(level, int(pk))


@dataclass
class Plan:
    """The indicators to assess, and the records to roll up, by level and key."""

    indicators: list[Indicator] = field(default_factory=list)
    nodes: dict[str, dict[int, Model]] = field(
        default_factory=lambda: {level: {} for level in ROLLED_UP}
    )

    @classmethod
    def of(cls, subjects: Iterable[Subject]) -> "Plan":
        """Find the records and everything above them; those that are gone are left out."""
        wanted: dict[str, set[int]] = {level: set() for level in MODELS}
        for level, pk in subjects:
            wanted[level].add(pk)
        plan = cls()
        if wanted["indicator"]:
            place = ("measure__objective__goal", "objective__goal", "goal", "strategy")
            rows = Indicator.objects.filter(pk__in=wanted["indicator"])
            rows = rows.select_related(*place, "organisation")
            plan.indicators = list(rows.order_by("pk"))
            for indicator in plan.indicators:
                plan.add(indicator.parent)
        for level in ROLLED_UP:
            if missing := wanted[level] - plan.nodes[level].keys():
                above = {"measure": ["objective__goal"], "objective": ["goal"]}.get(level, [])
                for record in MODELS[level].objects.filter(pk__in=missing).select_related(*above):
                    plan.add(record)
        return plan

    @classmethod
    def only(cls, level: str, pks: Iterable[int]) -> "Plan":
        """The records of one level alone, without what stands above them."""
        plan = cls()
        records = MODELS[level].objects.filter(pk__in=pks).order_by("pk")
        if level == "indicator":
            plan.indicators = list(records.select_related("measure", "strategy", "organisation"))
        else:
            plan.nodes[level] = {record.pk: record for record in records}
        return plan

    def add(self, record: Model) -> None:
        """Add ``record`` and what stands above it; a strategy by its key alone."""
        level = record._meta.model_name
        self.nodes[level][record.pk] = record
        if level == "goal":
            self.nodes["strategy"].setdefault(record.strategy_id, Strategy(pk=record.strategy_id))
        elif level != "strategy":
            self.add(getattr(record, record.assessed_parent))

    def subjects(self) -> Iterator[Subject]:
        yield from (Subject("indicator", indicator.pk) for indicator in self.indicators)
        for level in ROLLED_UP:
            yield from (Subject(level, pk) for pk in self.nodes[level])


def below(whole: Subject) -> list[str]:
    """Return the outbox keys of all indicators below a level."""
    condition = Q()
    for path in PATHS[whole.level]:
        condition |= Q(**{path: whole.pk})
    keys = Indicator.objects.filter(condition).order_by("pk").values_list("pk", flat=True)
    return [f"indicator:{pk}" for pk in keys]
