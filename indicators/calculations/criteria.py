"""The criteria that hold for an indicator without a written version of its own."""

from .types import Criteria, Kind

VERSION = "default-1"

_RETURNING = Criteria(VERSION, grace_days=30)
_ONCE = Criteria(VERSION, grace_days=0)

# Days of grace are for reporting on a finished period; a deadline has none.
DEFAULTS: dict[Kind, Criteria] = {
    Kind.COUNT: _RETURNING,
    Kind.PERCENTAGE: _RETURNING,
    Kind.RECURRING: _RETURNING,
    Kind.BINARY: _ONCE,
    Kind.MILESTONE: _ONCE,
}
