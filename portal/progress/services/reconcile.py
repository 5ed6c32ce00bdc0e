"""Looking again at everything, a part at a time: whatever has slipped through is mended.

Work is never lost in the outbox; this finds what never got there, such as a row that somebody
changed in the database, and moves the states that depend on time alone.
"""

from django.db import transaction

from ..models import Cursor
from ..rounds import keys_after
from .plan import MODELS
from .recompute import CHUNK, recompute

NAME = "reconcile"
FROM_BELOW = dict(reversed(MODELS.items()))


def reconcile(limit: int = CHUNK) -> int:
    """Judge the next ``limit`` records anew, indicators first; return how many had changed.

    Where it stopped is kept in the same transaction, so that the next call goes on from there.
    """
    with transaction.atomic():
        cursor, _new = Cursor.objects.select_for_update().get_or_create(name=NAME)
        keys = keys_after(cursor.position, limit, FROM_BELOW)
        cursor.position = keys[-1] if len(keys) == limit else ""
        cursor.save()
        return recompute(keys)
