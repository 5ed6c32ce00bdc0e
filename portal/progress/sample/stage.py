"""Where and when the sample plays, and what it is made of: acts on days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from goals.models import Strategy

from .cast import Office

HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True)
class Act:
    """Something that is done on a day, at a moment that the play gives it."""

    day: date
    do: Callable[[datetime], object]


@dataclass(frozen=True)
class Stage:
    """The strategy, who works on it, and the days between which the sample plays."""

    strategy: Strategy
    offices: list[Office]
    first: date
    today: date

    def office(self, number: int) -> Office:
        return self.offices[number % len(self.offices)]

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def after_start(self, days: int) -> date:
        return self.first + timedelta(days=days)
