"""What the calculations read and return: frozen values, no database, no clock.

Numbers are Decimals, shares lie between 0 and 1 unless said otherwise, and a period speaks of its
first and its last day and all between.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .arithmetic import plain
from .codes import Accumulation, Direction, Kind, Operator, Outcome, Per, Reason, State, StepCode

__all__ = [
    "Accumulation",
    "Aim",
    "Baseline",
    "Criteria",
    "Direction",
    "Inputs",
    "Kind",
    "Observed",
    "Operator",
    "Outcome",
    "Per",
    "PeriodResult",
    "Reason",
    "Result",
    "State",
    "Step",
    "StepCode",
]


@dataclass(frozen=True)
class Observed:
    """A measured value of one period, from ``start`` to ``end``, both included."""

    period: str
    start: date
    end: date
    value: Decimal
    provisional: bool = False

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class Baseline:
    """The value at the start; ``on`` is the last day it speaks of, None if not published."""

    value: Decimal
    on: date | None = None


@dataclass(frozen=True)
class Aim:
    """One target. ``high`` is the upper value of a range; ``units`` how many organisations."""

    operator: Operator
    value: Decimal | None = None
    high: Decimal | None = None
    per: Per = Per.ONCE
    due_on: date | None = None
    units: int | None = None

    @property
    def floor(self) -> Decimal | None:
        """The value below which the target is missed."""
        return None if self.operator == Operator.AT_MOST else self.value

    @property
    def cap(self) -> Decimal | None:
        """The value above which the target is missed."""
        if self.operator == Operator.BETWEEN:
            return self.high
        return self.value if self.operator in (Operator.AT_MOST, Operator.EXACTLY) else None

    def meets(self, value: Decimal) -> bool:
        low_enough = self.cap is None or value <= self.cap
        return low_enough and (self.floor is None or value >= self.floor)

    def point(self, direction: Direction) -> Decimal | None:
        """Where a path to this target ends; None if it only bounds where values may go."""
        if direction == Direction.KEEP:
            return None
        return self.floor if direction == Direction.INCREASE else self.cap


@dataclass(frozen=True)
class Criteria:
    """When a state changes: shares of what was expected by then, and whole days."""

    version: str
    at_risk_below: Decimal = Decimal("0.8")
    behind_below: Decimal = Decimal("0.5")
    unmoved_until: Decimal = Decimal("0.25")
    grace_days: int = 0
    stale_after_days: int = 90


@dataclass(frozen=True)
class Inputs:
    """All that decides the state of one indicator, besides the day that is asked about.

    ``begins`` and ``ends`` are the first and last day of the strategy; ``confirmed_on`` the last
    day on which somebody said that nothing has changed; ``events`` what a promise waits for.
    """

    kind: Kind
    criteria: Criteria
    direction: Direction = Direction.INCREASE
    accumulation: Accumulation = Accumulation.BY_KIND
    baseline: Baseline | None = None
    aims: tuple[Aim, ...] = ()
    observations: tuple[Observed, ...] = ()
    events: tuple[date, ...] = ()
    begins: date | None = None
    ends: date | None = None
    rhythm_days: int | None = None
    confirmed_on: date | None = None
    discontinued: bool = False
    measurable: bool = True

    def to_json(self) -> dict:
        """Return plain JSON: decimals and dates as text, the same text for equal numbers."""
        return plain(self)

    @classmethod
    def from_json(cls, stored: Mapping) -> "Inputs":
        """Read back what ``to_json`` returned; ``KeyError`` or ``ValueError`` if it is not that."""
        return cls(
            kind=Kind(stored["kind"]),
            criteria=_criteria(stored["criteria"]),
            direction=Direction(stored["direction"]),
            accumulation=Accumulation(stored["accumulation"]),
            baseline=_baseline(stored["baseline"]),
            aims=tuple(_aim(aim) for aim in stored["aims"]),
            observations=tuple(_observed(seen) for seen in stored["observations"]),
            events=tuple(date.fromisoformat(day) for day in stored["events"]),
            begins=_day(stored["begins"]),
            ends=_day(stored["ends"]),
            rhythm_days=stored["rhythm_days"],
            confirmed_on=_day(stored["confirmed_on"]),
            discontinued=stored["discontinued"],
            measurable=stored["measurable"],
        )


@dataclass(frozen=True)
class Step:
    """One line of the sum that led to a result."""

    code: StepCode
    values: Mapping[str, Decimal | date | int | str]


@dataclass(frozen=True)
class PeriodResult:
    """One period of a promise that returns; ``due_on`` is the last day on time."""

    label: str
    start: date
    end: date
    due_on: date
    outcome: Outcome
    value: Decimal | None = None


@dataclass(frozen=True)
class Result:
    """A state and the sum that led to it. Shares are rounded to six places.

    ``fraction`` is the share done (at least 0, above 1 where a target is exceeded), ``expected``
    the share expected by the day asked about, ``expected_then`` by ``as_of``, the day the data
    speak for. ``due`` is the day by which something is, or was, to be shown next. ``used`` are the
    observations that had a part in the result.
    """

    state: State
    reason: Reason
    fraction: Decimal | None = None
    expected: Decimal | None = None
    expected_then: Decimal | None = None
    as_of: date | None = None
    due: date | None = None
    steps: tuple[Step, ...] = ()
    periods: tuple[PeriodResult, ...] = ()
    used: tuple[Observed, ...] = ()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _criteria(stored: Mapping) -> Criteria:
    shares = ("at_risk_below", "behind_below", "unmoved_until")
    return Criteria(**{**stored, **{name: Decimal(stored[name]) for name in shares}})


def _baseline(stored: Mapping | None) -> Baseline | None:
    return Baseline(Decimal(stored["value"]), _day(stored["on"])) if stored else None


def _aim(stored: Mapping) -> Aim:
    return Aim(
        operator=Operator(stored["operator"]),
        value=_number(stored["value"]),
        high=_number(stored["high"]),
        per=Per(stored["per"]),
        due_on=_day(stored["due_on"]),
        units=stored["units"],
    )


def _observed(stored: Mapping) -> Observed:
    return Observed(
        period=stored["period"],
        start=date.fromisoformat(stored["start"]),
        end=date.fromisoformat(stored["end"]),
        value=Decimal(stored["value"]),
        provisional=stored["provisional"],
    )
