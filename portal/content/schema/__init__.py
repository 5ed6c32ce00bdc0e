"""The format `strategy/1`: every key of a strategy file, what it holds and what it means.

This one description validates files, makes docs/strategy.schema.json and orders the keys of an
export. A key is never removed or given another meaning within `strategy/1`; what is added is
optional.
"""

from portal.content.schema.strategy import FILE, FORMAT

__all__ = ["FILE", "FORMAT"]
