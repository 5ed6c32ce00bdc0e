"""A Redis cache whose absence is an inconvenience, not an error."""

import time
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

PAUSE_SECONDS = 10.0
_GUARDED = (
    *("add", "get", "set", "touch", "delete", "has_key", "incr", "clear"),
    *("get_many", "set_many", "delete_many"),
)
# By server: every thread has a cache object of its own, and one of them waiting is enough.
_paused_until: dict[str, float] = {}


class FallbackRedisCache(RedisCache):
    """Uses Redis; while it is down or hung, the memory of this process, so limits still limit.

    After a failure Redis is left alone for ``PAUSE_SECONDS``: a hung server costs one request its
    short time-out, not every request.
    """

    def __init__(self, server, params):
        super().__init__(server, params)
        self._memory = LocMemCache(f"fallback-{server}", params)
        self._name = str(server)

    def is_paused(self) -> bool:
        """Say whether Redis failed a moment ago and is being left alone."""
        return time.monotonic() < _paused_until.get(self._name, 0)

    def _call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if not self.is_paused():
            try:
                return getattr(super(), name)(*args, **kwargs)
            except (RedisError, OSError):
                _paused_until[self._name] = time.monotonic() + PAUSE_SECONDS
        return getattr(self._memory, name)(*args, **kwargs)


def _guarded(name: str):
    def method(self, *args, **kwargs):
        return self._call(name, *args, **kwargs)

    method.__name__ = name
    return method


for _name in _GUARDED:
    setattr(FallbackRedisCache, _name, _guarded(_name))
