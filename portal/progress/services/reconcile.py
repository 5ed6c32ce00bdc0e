"""Looking again at everything, a part at a time: whatever has slipped through is mended.

Work is never lost in the outbox; this finds what never got there, such as a row that somebody
changed in the database, and moves the states that depend on time alone.
"""

from django.db import transaction

from ..models import Cursor
from .plan import MODELS
from .recompute import CHUNK, recompute

NAME = "reconcile"


def reconcile(limit: int = CHUNK) -> int:
    """Judge the next ``limit`` records anew, indicators first; return how many had changed.

    Where it stopped is kept in the same transaction, so that the next call goes on from there.
    """
    with transaction.atomic():
        cursor, _new = Cursor.objects.select_for_update().get_or_create(name=NAME)
        keys = next_keys(cursor.position, limit)
        cursor.position = keys[-1] if len(keys) == limit else ""
        cursor.save()
        return recompute(keys)


def next_keys(after: str, limit: int) -> list[str]:
    """Return the outbox keys that follow ``after`` (``""``: the first), level by level."""
    levels = list(reversed(MODELS))
    level, _colon, pk = after.partition(":")
    start = levels.index(level) if level in levels else 0
    keys: list[str] = []
    for name in levels[start:]:
        last = int(pk) if name == level else 0
        rows = MODELS[name].objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
        keys += [f"{name}:{key}" for key in rows[: limit - len(keys)]]
        if len(keys) == limit:
            break
    return keys
