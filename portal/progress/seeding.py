"""Synthetic data in any amount, to see how the portal carries it: a tree with values, no texts.

Written in batches past the services: it says nothing about anybody, and a million rows take minutes
instead of hours.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from math import ceil

from django.db.models import Model

from goals.models import Goal, Objective, Strategy
from indicators.models import Indicator, Observation, Target
from measures.models import Measure
from portal.common.partial_dates import PartialDate, parse_period
from portal.common.states import Publication

CODE = "load"
# How many of each stand below one of the level above.
INDICATORS, MEASURES, OBJECTIVES = 5, 20, 10
BATCH = 2000
# Kind, target and how it is to be kept, again and again.
SHAPES: list[tuple[str, dict]] = [
    ("count", {"operator": "at_least", "value": Decimal(1000), "by": "2030-12-31"}),
    ("count", {"operator": "at_least", "value": Decimal(250), "per": "year"}),
    ("percentage", {"operator": "at_least", "value": Decimal(100), "by": "2030-12-31"}),
    ("recurring", {"operator": "at_least", "value": Decimal(1), "per": "month"}),
    ("count", {"operator": "at_least", "value": Decimal(5), "per": "month"}),
]


def seed(
    *, indicators: int, observations: int, today: date, on_step: Callable[[int], None]
) -> Strategy:
    """Write a strategy with this many indicators and about as many values, spread evenly.

    It becomes the one that the site shows. ``on_step`` is told how many rows were written.
    """
    Strategy.objects.current().update(is_current=False)
    strategy = Strategy.objects.create(
        code=CODE,
        **_texts("title", "Sintetični podatki", "Synthetic data"),
        **_texts("municipality", "Mesto", "The city"),
        **_texts("slug", "sinteticni-podatki", "synthetic-data"),
        period_start="2015",
        period_end="2030",
        is_current=True,
        publication=Publication.PUBLISHED,
    )
    leaves = _tree(strategy, indicators, on_step)
    _write(Target, (_target(number, one) for number, one in enumerate(leaves)), on_step)
    of_each = ceil(observations / indicators)
    spans = list(_months_back(today, of_each))
    rows = (_value(n, one, span) for n, one in enumerate(leaves) for span in spans)
    _write(Observation, rows, on_step)
    return strategy


def _texts(name: str, sl: str, en: str) -> dict[str, str]:
    return {f"{name}_sl": sl, f"{name}_en": en}


def _tree(strategy: Strategy, count: int, on_step) -> list[Indicator]:
    measures = ceil(count / INDICATORS)
    objectives = ceil(measures / MEASURES)
    goals = ceil(objectives / OBJECTIVES)
    top = _level(Goal, goals, on_step, lambda n: {"strategy": strategy})
    middle = _level(
        Objective,
        objectives,
        on_step,
        lambda n: {"strategy": strategy, "goal": top[n // OBJECTIVES]},
    )
    work = _level(
        Measure,
        measures,
        on_step,
        lambda n: {"strategy": strategy, "objective": middle[n // MEASURES]},
    )
    return _level(
        Indicator,
        count,
        on_step,
        lambda n: {
            "strategy": strategy,
            "measure": work[n // INDICATORS],
            "kind": SHAPES[n % len(SHAPES)][0],
        },
    )


def _level(model: type[Model], count: int, on_step, place: Callable[[int], dict]) -> list[Model]:
    title = "name" if model is Indicator else "title"
    kind = model._meta.model_name
    rows = (
        model(
            code=f"{kind[0]}{number + 1}",
            publication=Publication.PUBLISHED,
            **_texts(title, f"{kind} {number + 1} (sl)", f"{kind} {number + 1}"),
            **_texts("slug", f"{kind}-{number + 1}", f"{kind}-{number + 1}"),
            **place(number),
        )
        for number in range(count)
    )
    return _write(model, rows, on_step)


def _target(number: int, indicator: Indicator) -> Target:
    target = Target(indicator=indicator, **SHAPES[number % len(SHAPES)][1])
    target.clean()
    return target


def _months_back(today: date, count: int) -> Iterator[PartialDate]:
    """The last ``count`` whole months, the latest first."""
    last = today.replace(day=1) - timedelta(days=1)
    for _number in range(count):
        yield parse_period(f"{last:%Y-%m}")
        last = last.replace(day=1) - timedelta(days=1)


def _value(number: int, indicator: Indicator, span: PartialDate) -> Observation:
    """A value between 0 and 99 that differs from indicator to indicator and month to month."""
    return Observation(
        indicator=indicator,
        period=span.text,
        period_start=span.start,
        period_end=span.end,
        value=Decimal((number * 7 + span.start.toordinal()) % 100),
        source="example.org",
    )


def _write(model: type[Model], rows: Iterable[Model], on_step) -> list[Model]:
    """Write in batches; the rows are returned, but for values, of which there are too many."""
    rows, kept = iter(rows), []
    while batch := list(islice(rows, BATCH)):
        written = model.objects.bulk_create(batch)
        on_step(len(written))
        if model is not Observation:
            kept += written
    return kept
