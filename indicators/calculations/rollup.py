"""The state of a promise from the states of what stands below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .types import Reason, State, Step


@dataclass(frozen=True)
class Child:
    """One child as shown: ``leaves`` is the number of indicators below it (1 for an indicator)."""

    level: str
    code: str
    state: State
    fraction: Decimal | None
    leaves: int
    overridden: bool = False


@dataclass(frozen=True)
class Rolled:
    """What the children come to; ``counts`` holds the states that occur, in their order."""

    state: State
    fraction: Decimal | None
    counts: dict[State, int]
    reason: Reason
    steps: tuple[Step, ...]


def roll_up(children: Sequence[Child]) -> Rolled:
    """Count states first; a mean fraction only where every countable child has one."""
    raise NotImplementedError
