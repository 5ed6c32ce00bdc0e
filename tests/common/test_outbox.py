"""Work that follows from a change: done once, after it, and never lost."""

import logging
import socket
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from portal.common import outbox
from portal.common.models import Heartbeat, OutboxMessage
from portal.common.outbox import drain, enqueue, register
from tests.factories import OutboxMessageFactory

pytestmark = pytest.mark.django_db


class Worker:
    """Does the work of a topic: notes what it was called with; fails at the keys in ``bad``."""

    def __init__(self, *bad: str):
        self.bad = set(bad)
        self.calls: list[list[str]] = []

    def __call__(self, keys, at):
        self.calls.append(keys)
        Heartbeat.objects.bulk_create([Heartbeat(name=key, at=at) for key in keys])
        if self.bad & set(keys):
            raise ValueError("no such thing")

    @property
    def done(self) -> set[str]:
        """The keys whose effects have stayed."""
        return set(Heartbeat.objects.values_list("name", flat=True))


@pytest.fixture(autouse=True)
def no_topics(monkeypatch):
    monkeypatch.setattr(outbox, "_topics", {})


def working(*bad: str, batch: int = 200) -> Worker:
    worker = Worker(*bad)
    register("progress", worker, batch)
    return worker


def later(**wait):
    return timezone.now() + timedelta(**wait)


def test_does_what_was_asked_for_and_forgets_it():
    worker = working()
    enqueue("progress", "goal:1")
    enqueue("progress", "goal:2")

    assert drain() == 2

    assert worker.calls == [["goal:1", "goal:2"]]
    assert not OutboxMessage.objects.exists()


def test_works_once_on_a_key_asked_for_a_thousand_times():
    worker = working()
    OutboxMessage.objects.bulk_create(
        OutboxMessage(topic="progress", key="goal:1") for _ in range(1000)
    )

    drain()

    assert worker.calls == [["goal:1"]]
    assert not OutboxMessage.objects.exists()


def test_asking_is_one_insert(django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        enqueue("progress", "goal:1")

    assert queries[0]["sql"].startswith("INSERT")


def test_asking_says_nothing_to_the_broker(monkeypatch):
    def refuse(self, address):
        raise AssertionError(f"reached for {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)

    enqueue("progress", "goal:1")


def test_forgets_the_work_of_a_change_that_was_undone():
    with transaction.atomic():
        enqueue("progress", "goal:1")
        transaction.set_rollback(True)

    assert not OutboxMessage.objects.exists()


def test_leaves_what_is_not_yet_due():
    worker = working()
    enqueue("progress", "goal:1", due_at=later(hours=1))

    drain()
    assert not worker.calls

    drain(now=later(hours=2))
    assert worker.calls == [["goal:1"]]


def test_goes_through_a_backlog_in_batches():
    worker = working(batch=10)
    for number in range(25):
        enqueue("progress", f"goal:{number}")

    assert drain(limit=20) == 25

    assert [len(keys) for keys in worker.calls] == [10, 10, 5]


def test_does_what_the_work_itself_asks_for():
    drawn = []
    register("charts", lambda keys, at: drawn.extend(keys))
    register("progress", lambda keys, at: [enqueue("charts", key) for key in keys])
    enqueue("progress", "goal:1")

    drain()

    assert drawn == ["goal:1"]


def test_a_bad_key_does_not_hold_up_the_others():
    worker = working("goal:2")
    for number in (1, 2, 3):
        enqueue("progress", f"goal:{number}")

    drain()

    assert worker.done == {"goal:1", "goal:3"}
    assert [message.key for message in OutboxMessage.objects.all()] == ["goal:2"]


def test_a_bad_key_comes_back_later_and_says_why():
    now = timezone.now()
    working("goal:1")
    OutboxMessageFactory(key="goal:1", due_at=now)

    drain(now=now)

    message = OutboxMessage.objects.get()
    assert (message.attempts, message.last_error) == (1, "ValueError: no such thing")
    assert message.due_at == now + timedelta(seconds=10)


def test_keeps_even_an_error_that_no_database_can_store(monkeypatch):
    monkeypatch.setattr(logging.getLogger("portal.common.outbox"), "disabled", True)

    def work(keys, at):
        raise ValueError("\x00\ud800")

    register("progress", work)
    enqueue("progress", "goal:1")

    drain()

    assert OutboxMessage.objects.get().last_error == "ValueError: �?"


@pytest.mark.parametrize(("attempts", "minutes"), [(5, 320 / 60), (6, 10), (900, 10), (1000, 10)])
def test_waits_ever_longer_but_never_for_ever(attempts, minutes):
    now = timezone.now()
    working("goal:1")
    OutboxMessageFactory(key="goal:1", attempts=attempts, due_at=now)

    drain(now=now)

    assert OutboxMessage.objects.get().due_at == now + timedelta(minutes=minutes)


def test_does_a_bad_key_once_it_is_mended():
    worker = working("goal:1")
    enqueue("progress", "goal:1")
    drain()
    worker.bad.clear()

    drain(now=later(seconds=11))

    assert worker.done == {"goal:1"}
    assert not OutboxMessage.objects.exists()


def test_keeps_a_bad_key_as_one_row():
    working("goal:1")
    for _ in range(5):
        enqueue("progress", "goal:1")

    drain()

    assert OutboxMessage.objects.get().attempts == 1


def test_work_for_nobody_waits(caplog):
    enqueue("unheard-of", "goal:1")

    drain()

    assert OutboxMessage.objects.get().attempts == 0
    assert "'unheard-of'" in caplog.text


def test_stops_in_time_for_other_tasks(monkeypatch):
    monkeypatch.setattr(outbox, "SECONDS", 0)
    working()
    enqueue("progress", "goal:1")

    assert drain() == 0


def test_does_not_try_every_key_after_its_time(monkeypatch):
    monkeypatch.setattr(outbox, "SECONDS", 0.05)
    tried = []

    def slow(keys, at):
        tried.append(keys)
        time.sleep(0.1)
        raise ValueError

    register("progress", slow)
    for number in range(5):
        enqueue("progress", f"goal:{number}")

    assert drain() == 1

    assert len(tried) == 2  # all at once, then the first
    assert OutboxMessage.objects.failing().count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_leaves_what_another_worker_is_at():
    worker = working()
    enqueue("progress", "goal:1")
    other = connection.copy()

    with other.cursor() as cursor:
        cursor.execute("BEGIN; SELECT 1 FROM common_outboxmessage FOR UPDATE")
        drain()
        assert not worker.calls
        cursor.execute("ROLLBACK")
    other.close()

    drain()
    assert worker.calls == [["goal:1"]]
