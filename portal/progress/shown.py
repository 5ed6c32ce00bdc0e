"""What a page says about the progress of one record, now or on a past day."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext

from indicators.calculations.assess import assess
from indicators.calculations.codes import StepCode
from indicators.calculations.rollup import roll_up
from indicators.calculations.types import Inputs, Result, Step
from indicators.models import Assessment, Indicator, Level
from portal.common.languages import active_language
from portal.common.moment import Moment
from portal.common.query import asking
from portal.common.states import ProgressState

from .services.children import Below
from .words import finding, percent, reason_sentence


@dataclass
class ShownProgress:
    """The assessment of a record that is in force at a moment, ready for a page.

    ``assessment`` is None before the first one; ``first_day`` then says when that was, or is None
    as well where nothing has been assessed yet.
    """

    record: Model
    moment: Moment
    assessment: Assessment | None
    first_day: date | None = None
    language: str = field(default_factory=active_language)

    @property
    def knows_nothing(self) -> bool:
        """Say that an indicator has no value at all, whether it has been assessed or not."""
        return isinstance(self.record, Indicator) and self.record.latest is None

    @property
    def state(self) -> ProgressState:
        return ProgressState(self.assessment.state)

    @property
    def computed_state(self) -> ProgressState:
        return ProgressState(self.assessment.computed_state)

    @property
    def override(self) -> dict | None:
        """The state that a person has set: ``name``, ``reason`` (in this language), two days."""
        if self.assessment.override_id is None:
            return None  # what a level used need not be read
        told = self.assessment.inputs["override"]
        days = {name: date.fromisoformat(told[name]) for name in ("from", "until")}
        return {**told, **days, "reason": told["reason"].get(self.language) or ""}

    @property
    def level(self) -> str:
        return self.assessment.level

    @cached_property
    def inputs(self) -> Inputs | None:
        """All that the rule used, for an indicator."""
        if self.level != Level.INDICATOR:
            return None
        return Inputs.from_json(self.assessment.inputs["indicator"])

    @cached_property
    def result(self) -> Result | None:
        """The sum done again for the day of the page: what is expected moves every day."""
        return assess(self.inputs, self.moment.day) if self.inputs else None

    @cached_property
    def children(self) -> list[Below]:
        return [Below.from_json(child) for child in self.assessment.inputs.get("children", [])]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        if self.result:
            return self.result.steps
        return roll_up([below.child for below in self.children]).steps

    def step(self, code: StepCode) -> Step | None:
        return next((step for step in self.steps if step.code == code), None)

    @property
    def counts(self) -> list[tuple[ProgressState, int]]:
        """How many of what stands directly below are in which state, in the order of states."""
        counts = self.assessment.counts
        return [(state, counts[state]) for state in ProgressState if counts.get(state)]

    @property
    def reason(self) -> str:
        return reason_sentence(self.assessment.reason)

    @property
    def finding(self) -> str:
        """One sentence: what one finds, and the state that the rule computes."""
        return finding(self.result) if self.result else self.reason

    @property
    def percent_done(self) -> str:
        return percent(self.assessment.fraction)

    @property
    def percent_expected(self) -> str:
        return percent(self.result.expected) if self.result else ""

    @property
    def percent_expected_then(self) -> str:
        """What was expected on the day of the data, which the state is judged by, if another."""
        if self.result is None or self.result.as_of in (None, self.moment.day):
            return ""
        return percent(self.result.expected_then)

    @property
    def why_url(self) -> str:
        """Where a reader can redo the sum."""
        return why_path(self.record) + on_query(self.moment)


def why_path(record: Model) -> str:
    """Return the address of the page that explains the state of ``record``."""
    if record._meta.model_name == "strategy":
        return reverse("progress:why")
    return record.get_absolute_url() + pgettext("url", "why/")


def on_query(moment: Moment) -> str:
    """Return ``?on=…`` for a past day, ``""`` for now."""
    return asking(on=moment.day.isoformat()) if moment.is_past else ""


def shown_progress(record: Model, moment: Moment | None = None) -> ShownProgress:
    """Return what is to be shown of ``record``: one query, two before its first assessment.

    A record that has brought its assessment along is not asked for it again.
    """
    moment = moment or Moment(timezone.localdate())
    assessments = record.assessments.of(record)
    brought = record.__dict__.get("progress_rows")
    assessment = next(iter(brought or assessments.in_force(moment.at)), None)
    first = None if assessment else assessments.order_by("valid_from").first()
    first_day = timezone.localdate(first.valid_from) if first else None
    return ShownProgress(record, moment, assessment, first_day)
