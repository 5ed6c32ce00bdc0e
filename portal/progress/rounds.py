"""Going round all records a part at a time, level by level, for jobs that look at everything."""

from collections.abc import Mapping

from django.db.models import Model


def keys_after(key: str, limit: int, models: Mapping[str, type[Model]]) -> list[str]:
    """Return the keys (``goal:3``) of the next ``limit`` records after ``key``, public or not.

    ``models`` gives the levels in their order; ``""`` stands before the first record.
    """
    level, _colon, pk = key.partition(":")
    levels = list(models)
    start = levels.index(level) if level in levels else 0
    keys: list[str] = []
    for name in levels[start:]:
        last = int(pk) if name == level else 0
        rows = models[name].objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
        keys += [f"{name}:{found}" for found in rows[: limit - len(keys)]]
        if len(keys) == limit:
            break
    return keys
