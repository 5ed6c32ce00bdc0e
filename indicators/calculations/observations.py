"""From many observations to one value: the latest, or a sum that counts no day twice."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .arithmetic import ZERO
from .types import Inputs, Observed, Step, StepCode


def as_known(inputs: Inputs, on: date) -> Inputs:
    """Return the inputs without what lies after ``on``, in the order of time."""
    confirmed = inputs.confirmed_on
    return replace(
        inputs,
        observations=in_order(seen for seen in inputs.observations if seen.start <= on),
        events=tuple(sorted({day for day in inputs.events if day <= on})),
        confirmed_on=confirmed if confirmed and confirmed <= on else None,
    )


def in_order(observations: Iterable[Observed]) -> tuple[Observed, ...]:
    """Sort by last day; of two with the same, a whole year comes after its last month."""
    return tuple(sorted(observations, key=lambda seen: (seen.end, seen.days, seen.period)))


@dataclass(frozen=True)
class Reading:
    """One value and the ordered observations it comes from.

    ``left_out`` holds those that would have been counted twice, or too early, each with the
    period that covers it (``""`` for too early). A sum has a ``baseline``, a latest value none.
    """

    value: Decimal
    counted: tuple[Observed, ...]
    left_out: tuple[tuple[Observed, str], ...] = ()
    baseline: Decimal | None = None

    @property
    def latest(self) -> Observed:
        return self.counted[-1]

    @property
    def used(self) -> tuple[Observed, ...]:
        return (*self.counted, *(seen for seen, _ in self.left_out))

    def as_of(self, on: date) -> date:
        """The day the value speaks for: its last day, unless that is still to come."""
        return min(on, self.latest.end)

    def steps(self) -> tuple[Step, ...]:
        """How the value came about, line by line."""
        if self.baseline is None:
            return (_observed(self.latest),)
        parts = [{"value": seen.value, "period": seen.period} for seen in self.counted]
        others = [
            {"value": seen.value, "period": seen.period, "counted": by}
            for seen, by in self.left_out
        ]
        total = {"value": self.value, "baseline": self.baseline, "count": len(self.counted)}
        return (
            *(Step(StepCode.ADDED, part) for part in parts),
            *(Step(StepCode.LEFT_OUT, other) for other in others),
            Step(StepCode.SUM, total),
        )


def _observed(seen: Observed) -> Step:
    values = {"value": seen.value, "period": seen.period, "start": seen.start, "end": seen.end}
    return Step(StepCode.OBSERVED, {**values, "provisional": int(seen.provisional)})


def latest_of(observations: Sequence[Observed]) -> Reading | None:
    """Read the last of ordered observations; None if there is none."""
    return Reading(observations[-1].value, (observations[-1],)) if observations else None


def sum_of(
    observations: Sequence[Observed], since: date | None = None, baseline: Decimal = ZERO
) -> Reading | None:
    """Add the observations from ``since`` on to the baseline; None if none can be counted.

    Longer spans win; what overlaps a counted one, or begins before ``since``, is left out.
    """
    since = since or date.min
    early = tuple((seen, "") for seen in observations if seen.start < since <= seen.end)
    counted, doubled = _disjoint([seen for seen in observations if seen.start >= since])
    if not counted:
        return None
    value = sum((seen.value for seen in counted), baseline)
    return Reading(value, counted, (*early, *doubled), baseline)


def _disjoint(
    observations: Sequence[Observed],
) -> tuple[tuple[Observed, ...], list[tuple[Observed, str]]]:
    """Return what counts, in order, and each of the others with the period that covers it."""
    counted: list[Observed] = []
    doubled: list[tuple[Observed, str]] = []
    for seen in sorted(observations, key=lambda seen: (-seen.days, seen.start, seen.period)):
        place = bisect_left(counted, seen.start, key=lambda other: other.start)
        around = counted[max(0, place - 1) : place + 1]
        other = next((o for o in around if o.start <= seen.end and seen.start <= o.end), None)
        if other:
            doubled.append((seen, other.period))
        else:
            counted.insert(place, seen)
    return tuple(counted), doubled
