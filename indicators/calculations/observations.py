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
    """One value, the observations it comes from and how; ``used`` includes those left out."""

    value: Decimal
    counted: tuple[Observed, ...]
    used: tuple[Observed, ...]
    steps: tuple[Step, ...]

    @property
    def latest(self) -> Observed:
        return self.counted[-1]

    def as_of(self, on: date) -> date:
        """The day the value speaks for: its last day, unless that is still to come."""
        return min(on, self.latest.end)


def latest_of(observations: Sequence[Observed]) -> Reading | None:
    """Read the last of ordered observations; None if there is none."""
    if not observations:
        return None
    last = observations[-1]
    step = Step(
        StepCode.OBSERVED,
        {
            "value": last.value,
            "period": last.period,
            "start": last.start,
            "end": last.end,
            "provisional": int(last.provisional),
        },
    )
    return Reading(last.value, (last,), (last,), (step,))


def sum_of(
    observations: Sequence[Observed], since: date | None = None, baseline: Decimal = ZERO
) -> Reading | None:
    """Add the observations from ``since`` on to the baseline; None if none can be counted.

    Longer spans win; what overlaps a counted one, or begins before ``since``, is left out.
    """
    within = [seen for seen in observations if since is None or seen.end >= since]
    early = [seen for seen in within if since is not None and seen.start < since]
    counted, doubled = _disjoint([seen for seen in within if since is None or seen.start >= since])
    if not counted:
        return None
    value = sum((seen.value for seen in counted), baseline)
    steps = [Step(StepCode.ADDED, {"value": s.value, "period": s.period}) for s in counted]
    left_out = [*((seen, "") for seen in early), *doubled]
    steps += [
        Step(StepCode.LEFT_OUT, {"value": s.value, "period": s.period, "counted": by})
        for s, by in left_out
    ]
    total = {"value": value, "baseline": baseline, "count": len(counted)}
    return Reading(value, counted, tuple(within), (*steps, Step(StepCode.SUM, total)))


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
