"""What charts are about: named as in the outbox, ``indicator:12``, and public."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Model, Q, QuerySet

from goals.models import Goal, Strategy
from indicators.models import Indicator
from measures.models import Project

MODELS: dict[str, type[Model]] = {
    "strategy": Strategy,
    "goal": Goal,
    "project": Project,
    "indicator": Indicator,
}

# The goals whose chart shows a record of this kind.
GOALS_ABOVE = {
    "measure": ("objectives__measures",),
    "objective": ("objectives",),
    "indicator": ("indicators", "objectives__indicators"),
}


def key_of(record: Model) -> str:
    return f"{record._meta.model_name}:{record.pk}"


def public_subject(key: str) -> Model | None:
    """Return the record that everybody may see, or None."""
    level, _colon, pk = key.partition(":")
    if level not in MODELS or not pk.isdecimal():
        return None
    return _public(level).filter(pk=pk).first()


def _public(level: str) -> QuerySet:
    """The public records of the strategy that the site shows, with what their charts need."""
    records = MODELS[level].objects.public()
    if level == "strategy":
        return records.current()
    if level == "indicator":
        records = records.select_related("measure")
    return records.filter(strategy__is_current=True).select_related("strategy")


def showing(keys: Iterable[str]) -> list[str]:
    """Return the keys of the goals and strategies whose charts show what ``keys`` name."""
    named: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        level, _colon, pk = key.partition(":")
        named[level].append(pk)
    above = Q()
    for level, ways in GOALS_ABOVE.items():
        for way in ways:
            above |= Q(**{f"{way}__in": named[level]})
    goals = Goal.objects.filter(above).order_by().values_list("pk", "strategy").distinct()
    projects = Project.objects.filter(pk__in=named["project"]).values_list("strategy", flat=True)
    renamed = Goal.objects.filter(pk__in=named["goal"]).values_list("strategy", flat=True)
    strategies = {strategy for _goal, strategy in goals} | {*projects, *renamed}
    return [f"goal:{goal}" for goal, _strategy in goals] + [f"strategy:{pk}" for pk in strategies]


def gone(keys: set[str]) -> Iterator[str]:
    """Yield those of ``keys`` that name no record any more."""
    for level, model in MODELS.items():
        named = {key.partition(":")[2]: key for key in keys if key.startswith(f"{level}:")}
        there = model.objects.filter(pk__in=named).values_list("pk", flat=True)
        yield from (named[pk] for pk in named.keys() - {str(pk) for pk in there})
