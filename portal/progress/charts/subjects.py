"""What charts are about: named as in the outbox, ``indicator:12``, and public."""

from collections.abc import Iterator

from django.db.models import Model, QuerySet

from goals.models import Goal, Strategy
from indicators.models import Indicator
from measures.models import Project

MODELS: dict[str, type[Model]] = {
    "strategy": Strategy,
    "goal": Goal,
    "project": Project,
    "indicator": Indicator,
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


def keys_after(key: str, limit: int) -> list[str]:
    """Return the next keys after ``key`` (``""``: the first) of all records, public or not."""
    level, _colon, pk = key.partition(":")
    levels = list(MODELS)
    start = levels.index(level) if level in levels else 0
    keys: list[str] = []
    for name in levels[start:]:
        rows = MODELS[name].objects.order_by("pk").values_list("pk", flat=True)
        rows = rows.filter(pk__gt=int(pk)) if name == level else rows
        keys += [f"{name}:{found}" for found in rows[: limit - len(keys)]]
    return keys


def gone(keys: set[str]) -> Iterator[str]:
    """Yield those of ``keys`` that name no record any more."""
    for level, model in MODELS.items():
        named = {key.partition(":")[2]: key for key in keys if key.startswith(f"{level}:")}
        there = model.objects.filter(pk__in=named).values_list("pk", flat=True)
        yield from (named[pk] for pk in named.keys() - {str(pk) for pk in there})
