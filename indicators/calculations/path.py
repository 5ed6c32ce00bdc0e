"""The straight line from the baseline through the dated targets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .arithmetic import ONE, ZERO, clipped, days_between, elapsed, later, rounded, share
from .types import Aim, Direction, Inputs, Step, StepCode


def dated(aims: Iterable[Aim], ends: date | None) -> tuple[Aim, ...]:
    """Sort by due day; a target without one is due when the strategy ends."""
    due = (replace(aim, due_on=aim.due_on or ends) for aim in aims)
    return tuple(sorted(due, key=lambda aim: aim.due_on or date.max))


def in_force(aims: Sequence[Aim], day: date) -> Aim:
    """Return the first of the sorted targets that is not past on that day, else the last."""
    return next((aim for aim in aims if aim.due_on is None or aim.due_on >= day), aims[-1])


@dataclass(frozen=True)
class Path:
    """From ``baseline`` at the beginning of ``start`` to each target at the end of its due day.

    ``baseline`` is None where values should fall and nobody has published from where; ``start``
    is None where neither the baseline nor the strategy has a date.
    """

    aims: tuple[Aim, ...]
    direction: Direction
    baseline: Decimal | None
    start: date | None

    def target(self, aim: Aim) -> Decimal:
        return aim.point(self.direction)

    def has_distance(self, aim: Aim) -> bool:
        """Say whether the target lies ahead of the baseline, so that a share can be computed."""
        if self.baseline is None:
            return False
        gap = self.target(aim) - self.baseline
        return gap < 0 if self.direction == Direction.DECREASE else gap > 0

    def is_behind_start(self, aim: Aim, value: Decimal) -> bool:
        """Say whether a value lies farther from this target than the baseline did."""
        if self.baseline is None or not self.has_distance(aim):
            return False
        return (value - self.baseline) * (self.target(aim) - self.baseline) < 0

    def fraction(self, aim: Aim, value: Decimal) -> Decimal | None:
        """Return the share of the way to this target, from 0; None without a baseline."""
        if not self.has_distance(aim):
            met = aim.meets(value)
            return Decimal(met) if met or self.baseline is not None else None
        way, whole = value - self.baseline, self.target(aim) - self.baseline
        return share(way, whole) if whole > 0 else share(-way, -whole)

    def expected(self, aim: Aim, day: date) -> tuple[Decimal | None, tuple[Step, ...]]:
        """Return the share of the way to this target expected by the end of ``day``, 0 to 1.

        None where no date or no baseline says so.
        """
        if self.baseline is None:
            return None, ()
        if not self.has_distance(aim):
            return ONE, ()
        if aim.due_on is None:
            return None, (Step(StepCode.NO_EXPECTATION, {}),)
        return self._on_leg(aim, day)

    def _on_leg(self, aim: Aim, day: date) -> tuple[Decimal | None, tuple[Step, ...]]:
        start, start_value, leg = self._leg(day)
        if start is None and day < leg.due_on:
            return None, (Step(StepCode.NO_EXPECTATION, {}),)
        start = start or leg.due_on
        end_value = self.target(leg)
        value = start_value + (end_value - start_value) * elapsed(start, leg.due_on, day)
        expected = clipped((value - self.baseline) / (self.target(aim) - self.baseline))
        values = {
            "day": day,
            "start": start,
            "end": leg.due_on,
            "elapsed": days_between(start, min(day, leg.due_on)),
            "days": days_between(start, leg.due_on),
            "start_value": start_value,
            "end_value": end_value,
            "value": rounded(value),
            "expected": rounded(expected),
        }
        return expected, (Step(StepCode.PATH, values),)

    def _leg(self, day: date) -> tuple[date | None, Decimal, Aim]:
        """Return the first day and value of the stretch that ``day`` lies on, and where it ends."""
        aims = [aim for aim in self.aims if aim.due_on]
        leg = in_force(aims, day)
        place = aims.index(leg)
        if place == 0:
            return self.start, self.baseline, leg
        before = aims[place - 1]
        return later(before.due_on, 1), self.target(before), leg


def path_of(inputs: Inputs, aims: Sequence[Aim]) -> Path:
    """Lay the path through those of the sorted targets that it can end at.

    Where values should rise and no baseline is known, the way counts from zero: the share of the
    target that is reached.
    """
    from_zero = ZERO if inputs.direction == Direction.INCREASE else None
    on = inputs.baseline.on if inputs.baseline else None
    return Path(
        aims=tuple(aim for aim in aims if aim.point(inputs.direction) is not None),
        direction=inputs.direction,
        baseline=inputs.baseline.value if inputs.baseline else from_zero,
        start=on or inputs.begins,
    )
