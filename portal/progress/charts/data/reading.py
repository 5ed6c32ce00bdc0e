"""What the charts of an indicator are made of, as it was known at a moment."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from indicators.calculations.assess import assess
from indicators.calculations.observations import as_known
from indicators.calculations.types import Inputs, Kind, Observed, Per, Result
from indicators.models import FormerObservation, Indicator, Observation
from portal.common.moment import Moment

from ...inputs import Material, add_criteria, add_events, gather, inputs_from
from ...words import finding
from ..figures import Value

CORRECTED = FormerObservation.Outcome.CORRECTED


@dataclass
class Reading:
    """An indicator at a moment; ``revised`` and ``samples`` are the periods of such values.

    In a page it is read from what the page has at hand, without what only the finding needs.
    """

    record: Indicator
    moment: Moment
    inputs: Inputs
    is_sample: bool
    revised: set[str]
    samples: set[str]
    in_page: bool = False

    @cached_property
    def result(self) -> Result:
        return assess(self.inputs, self.moment.day)

    @property
    def finding(self) -> str:
        """What one finds by the rule; after it the state that a person has set instead."""
        computed, shown = finding(self.result), self.record.progress
        if shown is None or shown.state == shown.computed_state:
            return computed
        told = _("Set by a person: %(state)s.") % {"state": shown.progress_state.label}
        return f"{computed} {told}"

    @cached_property
    def values(self) -> tuple[Value, ...]:
        known = as_known(self.inputs, self.moment.day).observations
        return tuple(self.value(seen, seen.value) for seen in known)

    def value(self, seen: Observed, number: Decimal) -> Value:
        return Value(
            period=seen.period,
            start=seen.start,
            end=seen.end,
            value=number,
            provisional=seen.provisional,
            revised=seen.period in self.revised,
            is_sample=seen.period in self.samples,
        )

    @cached_property
    def common(self) -> dict:
        """The words of each of its figures."""
        return {
            "title": self.record.name or self.record.code,
            "finding": "" if self.in_page else self.finding,
            "today": self.moment.day,
            "is_sample": self.is_sample,
        }


def read(record: Indicator, moment: Moment, *, in_page: bool = False) -> Reading:
    """Read an indicator as it was known at a moment.

    In a page its targets, values and former values are taken from the record, which has most of
    them already.
    """
    at = moment.at or timezone.now()
    known = [row for row in record.observations.all() if row.recorded_at <= at]
    former = [row for row in record.former_observations.all() if row.recorded_at <= at]
    then = [row for row in former if row.replaced_at > at]
    corrected = [row for row in former if row.replaced_at <= at and row.outcome == CORRECTED]
    if in_page:
        material = _from_page(record, moment, [*known, *then])
        inputs, is_sample = inputs_from(record, material), material.is_sample
    else:
        found = gather([record], at, is_now=not moment.is_past)[record.pk]
        inputs, is_sample = found.inputs, found.is_sample
    return Reading(
        record=record,
        moment=moment,
        inputs=inputs,
        is_sample=is_sample,
        revised={row.period for row in corrected},
        samples={row.period for row in [*known, *then] if row.is_sample},
        in_page=in_page,
    )


def _from_page(
    record: Indicator, moment: Moment, values: list[Observation | FormerObservation]
) -> Material:
    targets = list(record.targets.all())
    material = Material(
        observations=[
            Observed(row.period, row.period_start, row.period_end, row.value, row.provisional)
            for row in values
        ],
        targets=targets,
        is_sample=any(row.is_sample for row in values),
    )
    periods = {target.per for target in targets} - {Per.ONCE.value, Per.ORGANISATION.value}
    if periods or record.kind == Kind.RECURRING.value:
        add_criteria({record.pk: material}, [record.pk], moment.day)
    if Per.EVENT.value in periods:
        add_events({record.pk: material}, [record.pk], moment.day)
    return material
