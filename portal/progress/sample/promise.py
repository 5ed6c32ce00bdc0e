"""What the sample needs to know of an indicator, without the database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from indicators.models import Indicator, Target
from portal.common.partial_dates import span_or_none


class Course(StrEnum):
    """How an invented story goes on."""

    GOOD = "good"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    STALE = "stale"
    SILENT = "silent"
    CORRECTED = "corrected"
    PROVISIONAL = "provisional"

    @property
    def pace(self) -> Decimal:
        """The share of what was expected that is really done."""
        paces = {"at_risk": "0.66", "behind": "0.35", "provisional": "0.9", "stale": "0.8"}
        return Decimal(paces.get(self.value, "1.08"))


# In the order of the indicators, again and again.
COURSES = (
    *(Course.GOOD, Course.AT_RISK, Course.SILENT, Course.CORRECTED, Course.BEHIND),
    *(Course.GOOD, Course.PROVISIONAL, Course.STALE, Course.GOOD, Course.AT_RISK),
)


@dataclass(frozen=True)
class Promise:
    """A target with all that an invented value must fit: days are inclusive."""

    kind: str
    direction: str
    operator: str
    value: Decimal | None
    high: Decimal | None
    per: str
    baseline: Decimal | None
    begins: date
    due: date

    @property
    def is_bound(self) -> bool:
        """Whether values should stay where they are, not move towards the target."""
        ways = {("increase", "at_most"), ("decrease", "at_least")}
        return self.direction == "keep" or (self.direction, self.operator) in ways


def promise_of(indicator: Indicator) -> Promise:
    """The promise behind an indicator; without a target one that only has numbers."""
    target = next(iter(indicator.targets.all()), None) or Target(operator="words")
    begins = span_or_none(indicator.strategy.period_start)
    ends = span_or_none(indicator.strategy.period_end)
    begins_on = begins.start if begins else date(2020, 1, 1)
    due = target.due_on or (ends.end if ends else begins_on.replace(year=begins_on.year + 5))
    return Promise(
        kind=indicator.kind,
        direction=indicator.direction,
        operator=target.operator,
        value=target.value,
        high=target.value_high,
        per=target.per,
        baseline=indicator.baseline_value,
        begins=begins_on,
        due=due,
    )
