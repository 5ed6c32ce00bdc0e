"""What the calculations need to know about indicators, read from the database as of a moment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from indicators.calculations.criteria import DEFAULTS
from indicators.calculations.types import (
    Accumulation,
    Aim,
    Baseline,
    Criteria,
    Direction,
    Inputs,
    Kind,
    Observed,
    Operator,
    Per,
)
from indicators.models import (
    Confirmation,
    CriteriaVersion,
    ExternalEvent,
    FormerObservation,
    Indicator,
    Observation,
    Target,
)
from measures.models import Measure
from portal.accounts.models import UpdateRhythm
from portal.common.partial_dates import span_or_none

# The longest that a month, a quarter, a half-year and a year can be.
RHYTHM_DAYS = {
    UpdateRhythm.MONTHLY: 31,
    UpdateRhythm.QUARTERLY: 92,
    UpdateRhythm.HALF_YEARLY: 184,
    UpdateRhythm.YEARLY: 366,
}


@dataclass
class Material:
    """The rows about one indicator; a chart or table may leave out what it has no use for."""

    observations: list[Observed] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    criteria: Criteria | None = None
    events: list[date] = field(default_factory=list)
    confirmed_on: date | None = None
    is_sample: bool = False


@dataclass(frozen=True)
class Gathered:
    """What is known of one indicator; ``is_sample`` says that some of it is invented."""

    inputs: Inputs
    is_sample: bool


def gather(
    indicators: Sequence[Indicator], at: datetime, *, is_now: bool = True
) -> dict[int, Gathered]:
    """Return what is known at the moment ``at`` of each indicator, by its key.

    Values corrected or deleted since then are as they were; unless ``is_now``, when there are none.
    The same number of queries for any number of indicators.
    """
    keys = [indicator.pk for indicator in indicators]
    material: dict[int, Material] = defaultdict(Material)
    _add_observations(material, keys, at, is_now)
    for target in Target.objects.filter(indicator__in=keys).order_by("due_on", "pk"):
        material[target.indicator_id].targets.append(target)
    add_criteria(material, keys, timezone.localdate(at))
    add_events(material, keys, timezone.localdate(at))
    _add_confirmations(material, keys, timezone.localdate(at))
    return {
        indicator.pk: Gathered(
            inputs_from(indicator, material[indicator.pk]),
            material[indicator.pk].is_sample or _has_invented_rhythm(indicator),
        )
        for indicator in indicators
    }


def _has_invented_rhythm(indicator: Indicator) -> bool:
    """The sample gives a rhythm to those whose organisation it has invented."""
    organisation = indicator.organisation
    return bool(organisation and organisation.is_sample and indicator.update_rhythm)


def _add_observations(material, keys: Iterable[int], at: datetime, is_now: bool) -> None:
    columns = ("period", "period_start", "period_end", "value", "provisional")
    sources = [Observation.objects] if is_now else [Observation.objects, FormerObservation.objects]
    for rows in sources:
        known = rows.all() if is_now else rows.known_at(at)
        found = known.filter(indicator__in=keys).order_by()
        for key, is_sample, *values in found.values_list("indicator", "is_sample", *columns):
            material[key].observations.append(Observed(*values))
            material[key].is_sample |= is_sample


def add_criteria(material, keys: Iterable[int], on: date) -> None:
    """Add the rule in force on a day, where a written one is."""
    versions = CriteriaVersion.objects.filter(indicator__in=keys, valid_from__lte=on)
    for version in versions.order_by("valid_from"):
        material[version.indicator_id].criteria = Criteria(
            version=version.version,
            at_risk_below=version.at_risk_below,
            behind_below=version.behind_below,
            unmoved_until=version.unmoved_until,
            grace_days=version.grace_days,
            stale_after_days=version.stale_after_days,
        )
        material[version.indicator_id].is_sample |= version.is_sample


def add_events(material, keys: Iterable[int], on: date) -> None:
    """Add what has happened by a day."""
    events = ExternalEvent.objects.filter(indicator__in=keys, happened_on__lte=on)
    for event in events.order_by("happened_on"):
        material[event.indicator_id].events.append(event.happened_on)
        material[event.indicator_id].is_sample |= event.is_sample


def _add_confirmations(material, keys: Iterable[int], on: date) -> None:
    rows = Confirmation.objects.filter(indicator__in=keys, on__lte=on).order_by()
    for row in rows.values("indicator", "is_sample").annotate(last=Max("on")):
        known = material[row["indicator"]]
        known.confirmed_on = max(filter(None, (known.confirmed_on, row["last"])))
        known.is_sample |= row["is_sample"]


def inputs_from(indicator: Indicator, material: Material) -> Inputs:
    """Return what the calculations need to know of an indicator."""
    strategy, kind = indicator.strategy, Kind(indicator.kind)
    begins, ends = span_or_none(strategy.period_start), span_or_none(strategy.period_end)
    return Inputs(
        kind=kind,
        criteria=material.criteria or DEFAULTS[kind],
        direction=Direction(indicator.direction),
        accumulation=Accumulation(indicator.accumulation),
        baseline=_baseline(indicator),
        aims=tuple(_aim(target) for target in material.targets),
        observations=tuple(sorted(material.observations, key=lambda o: (o.end, o.start))),
        events=tuple(material.events),
        begins=begins.start if begins else None,
        ends=ends.end if ends else None,
        rhythm_days=RHYTHM_DAYS.get(indicator.update_rhythm),
        confirmed_on=material.confirmed_on,
        discontinued=is_discontinued(indicator),
        measurable=indicator.availability != Indicator.Availability.NOT_MEASURABLE,
    )


def is_discontinued(indicator: Indicator) -> bool:
    """An indicator ends by itself, or with its measure."""
    own = indicator.availability == Indicator.Availability.DISCONTINUED
    measure = indicator.measure if indicator.measure_id else None
    return own or (measure is not None and measure.lifecycle != Measure.Lifecycle.ACTIVE)


def _baseline(indicator: Indicator) -> Baseline | None:
    if indicator.baseline_value is None:
        return None
    span = span_or_none(indicator.baseline_date)
    return Baseline(indicator.baseline_value, span.end if span else None)


def _aim(target: Target) -> Aim:
    return Aim(
        operator=Operator(target.operator),
        value=target.value,
        high=target.value_high,
        per=Per(target.per),
        due_on=target.due_on,
        units=target.units,
    )
