"""A lost cache slows pages; it never breaks them, and limits still limit."""

import socket
import time

import pytest
from django.core.cache import caches
from django.test import override_settings

from portal.common import cache as module
from portal.common.cache import PAUSE_SECONDS, FallbackRedisCache

REDIS = "redis://127.0.0.1:6379/9"
OPTIONS = {"socket_timeout": 0.25, "socket_connect_timeout": 0.25}


def cache_at(url: str) -> FallbackRedisCache:
    return FallbackRedisCache(url, {"OPTIONS": dict(OPTIONS), "KEY_PREFIX": "portal-test"})


@pytest.fixture
def hung():
    """The address of a server that accepts and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture
def down():
    """An address where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return f"redis://127.0.0.1:{port}/0"


@pytest.fixture(params=["hung", "down"])
def lost(request):
    return cache_at(request.getfixturevalue(request.param))


def test_answers_from_memory_while_redis_is_lost(lost):
    lost.set("answer", 42)

    assert lost.get("answer") == 42
    assert lost.get("nothing", "other") == "other"
    assert lost.is_paused()


def test_every_operation_works_while_redis_is_lost(lost):
    assert lost.add("count", 1)
    assert not lost.add("count", 1)
    assert lost.incr("count") == 2
    assert lost.decr("count") == 1
    assert lost.get_or_set("new", "value") == "value"
    assert lost.touch("new", 60)
    assert "new" in lost
    assert lost.set_many({"a": 1, "b": 2}) == []
    assert lost.get_many(["a", "b"]) == {"a": 1, "b": 2}
    assert lost.delete("a")
    lost.delete_many(["b"])
    lost.clear()
    assert not lost.has_key("new")


def test_costs_one_request_a_short_wait(lost):
    started = time.monotonic()
    lost.get("first")
    first = time.monotonic() - started

    started = time.monotonic()
    for _ in range(20):
        lost.get("next")
    later = time.monotonic() - started

    assert first < 1.5
    assert later < 0.2


def test_spares_other_threads_the_wait(hung):
    first, other = cache_at(hung), cache_at(hung)

    first.get("key")

    assert other.is_paused()


def test_keeps_one_memory_for_the_whole_process(hung):
    first, other = cache_at(hung), cache_at(hung)

    first.set("tries", 3)

    assert other.get("tries") == 3


def test_tries_again_after_the_pause(lost, monkeypatch):
    lost.get("key")
    later = time.monotonic() + PAUSE_SECONDS + 1

    monkeypatch.setattr(module.time, "monotonic", lambda: later)

    assert not lost.is_paused()


def test_pages_do_not_notice(client, db, hung):
    backend = {"BACKEND": "portal.common.cache.FallbackRedisCache", "LOCATION": hung}
    with override_settings(CACHES={"default": {**backend, "OPTIONS": OPTIONS}}):
        answer = client.get("/sl/")
        ready = client.get("/readyz").json()

    assert answer.status_code == 200
    assert ready["cache"] == "unreachable"


@pytest.mark.services
def test_keeps_values_in_redis():
    cache = cache_at(REDIS)
    try:
        cache.set("answer", {"value": 42}, 30)
    finally:
        if cache.is_paused():
            pytest.skip("no Redis server answers")

    cache.set("count", 1, 30)

    assert cache_at(REDIS).get("answer") == {"value": 42}
    assert cache.incr("count") == 2
    assert not cache.is_paused()
    cache.delete_many(["answer", "count"])
    assert cache.get("answer") is None


def test_can_be_named_in_the_settings():
    backend = {"BACKEND": "portal.common.cache.FallbackRedisCache", "LOCATION": REDIS}
    with override_settings(CACHES={"default": backend}):
        assert isinstance(caches["default"], FallbackRedisCache)
