"""Work that follows from a change, done after it: never lost, never before the change stands.

A request writes what is to be done with ``enqueue``: one INSERT in its own transaction, no word
to the broker. Every few seconds a task calls ``drain``, which hands what is due to the function
registered for its topic. The rows go in the same transaction in which that function writes, so a
worker killed in between has done nothing, and the next drain does it again.

An app registers its function when it is ready: ``outbox.register("progress", recompute)``.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from .errors import error_line
from .models import OutboxMessage
from .services import save_record

Handler = Callable[[list[str], datetime], None]

BATCH = 200
SECONDS = 20.0  # of one drain, so that other tasks get their turn
FIRST_RETRY, LAST_RETRY = timedelta(seconds=10), timedelta(minutes=10)
# SQLite has one writer; those who wait ask every 0.1 s. Without it a request waited 13 s (tried).
PAUSE_FOR_SQLITE = 0.11

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Topic:
    handle: Handler
    batch: int


_topics: dict[str, Topic] = {}


def register(topic: str, handle: Handler, batch: int = BATCH) -> None:
    """Let ``handle(keys, at)`` do the work of ``topic``, each key once, up to ``batch`` at a time.

    It runs in a transaction and may run again for the same keys; what it raises undoes its writes.
    Choose a small batch for slow work: on SQLite everybody waits for the transaction.
    """
    _topics[topic] = Topic(handle, batch)


def enqueue(
    topic: str,
    key: str,
    payload: dict[str, Any] | None = None,
    due_at: datetime | None = None,
) -> None:
    """Ask for the work ``key`` of ``topic``, from ``due_at`` (now by default) on.

    It stands or falls with the transaction of the caller. The same key asked for many times is
    worked on once; ``payload`` is a note for the staff, the work depends on the key alone.
    """
    OutboxMessage.objects.create(
        topic=topic, key=key, payload=payload or {}, due_at=due_at or timezone.now()
    )


def enqueue_many(topic: str, keys: Iterable[str]) -> None:
    """Ask for much work of one topic at once, in one INSERT."""
    now = timezone.now()
    OutboxMessage.objects.bulk_create(
        (OutboxMessage(topic=topic, key=key, due_at=now) for key in keys), batch_size=1000
    )


def drain(limit: int = BATCH, now: datetime | None = None) -> int:
    """Do what is due, at most ``limit`` keys in a transaction; return how many keys were tried.

    Ends when nothing is due, what the work itself has enqueued included, or after ``SECONDS``. Keys
    whose work fails do not hold up the others: they come back later and later.
    """
    deadline = time.monotonic() + SECONDS
    _report_unknown_topics(now or timezone.now())
    tried = 0
    while time.monotonic() < deadline:
        in_this_round = sum(
            _drain_batch(topic, limit, now or timezone.now(), deadline) for topic in list(_topics)
        )
        if not in_this_round:
            break
        tried += in_this_round
    return tried


def _report_unknown_topics(at: datetime) -> None:
    """Work for which nobody has registered waits: a newer version may have written it."""
    unknown = OutboxMessage.objects.due(at).exclude(topic__in=_topics)
    for topic in unknown.order_by().values_list("topic", flat=True).distinct():
        logger.warning("Nobody does the work of the outbox topic %r; it waits.", topic)


def _drain_batch(name: str, limit: int, at: datetime, deadline: float) -> int:
    """Do one batch of a topic in one transaction; return how many keys were tried."""
    due = OutboxMessage.objects.of(name).due(at)
    if not due.exists():
        return 0  # a look costs SQLite no lock
    topic = _topics[name]
    with transaction.atomic():
        claimed = due.select_for_update(skip_locked=True)
        first = claimed.values_list("key", flat=True)[: min(limit, topic.batch)]
        keys = list(dict.fromkeys(first))
        # Of a key that was asked for often, everything goes at once.
        rows = list(claimed.filter(key__in=keys).only("topic", "key", "attempts"))
        tried, errors = _work(topic.handle, keys, at, deadline)
        done = tried - errors.keys()
        OutboxMessage.objects.filter(pk__in=[row.pk for row in rows if row.key in done]).delete()
        for key, error in errors.items():
            _put_off([row for row in rows if row.key == key], error, at)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(PAUSE_FOR_SQLITE)
    return len(tried)


def _work(
    handle: Handler, keys: list[str], at: datetime, deadline: float
) -> tuple[set[str], dict[str, Exception]]:
    """Return the keys that were tried and the errors of those that failed.

    All at once first; when that fails one by one, so that the bad ones are known. What is not
    reached before the deadline stays as it is.
    """
    if not keys:
        return set(), {}
    try:
        with transaction.atomic():
            handle(keys, at)
        return set(keys), {}
    except Exception:
        if transaction.get_rollback():
            raise  # the database is gone: nothing has happened, and the next drain does it
    tried, errors = set(), {}
    for key in keys:
        if tried and time.monotonic() > deadline:
            break
        tried.add(key)
        try:
            with transaction.atomic():
                handle([key], at)
        except Exception as error:
            if transaction.get_rollback():
                raise
            errors[key] = error
    return tried, errors


def _put_off(rows: list[OutboxMessage], error: Exception, at: datetime) -> None:
    """Let the work of one key come back later, as one row; each time the wait is twice as long."""
    kept = max(rows, key=lambda row: row.attempts)
    logger.warning("Outbox work %s %s failed", kept.topic, kept.key, exc_info=error)
    wait = min(FIRST_RETRY * 2 ** min(kept.attempts, 20), LAST_RETRY)
    OutboxMessage.objects.filter(pk__in=[row.pk for row in rows if row is not kept]).delete()
    OutboxMessage.objects.filter(pk=kept.pk).update(
        attempts=min(kept.attempts + 1, 1000),
        due_at=at + wait,
        last_error=error_line(error),
    )


def try_again(*, message: OutboxMessage, by: models.Model) -> None:
    """Do work that has failed at the next drain, without waiting for its time."""
    message.due_at = timezone.now()
    save_record(record=message, by=by)
