"""Work that follows from a change, done after it: never lost, never before the change stands.

A request writes what is to be done with ``enqueue``: one INSERT in its own transaction, no word
to the broker.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from .models import OutboxMessage


def enqueue(
    topic: str,
    key: str,
    payload: dict[str, Any] | None = None,
    due_at: datetime | None = None,
) -> None:
    """Ask for the work ``key`` of ``topic``, from ``due_at`` (now by default) on.

    It stands or falls with the transaction of the caller. The same key asked for many times is
    worked on once.
    """
    OutboxMessage.objects.create(
        topic=topic, key=key, payload=payload or {}, due_at=due_at or timezone.now()
    )
