"""What is known about the data of each indicator, and what is missing: the data status page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goals.models import Strategy
from indicators.calculations.codes import Reason
from indicators.models import CriteriaVersion, Indicator, Observation
from portal.accounts.models import User
from portal.common.states import ProgressState

from .records import Freshness, freshness_of, with_freshness

# Reasons that no new value would change: there is nothing to judge by.
WITHOUT_RULE = {
    *(Reason.NO_TARGET, Reason.NO_RHYTHM, Reason.NO_BASELINE, Reason.UNITS_UNKNOWN),
    *(Reason.NOT_MEASURABLE, Reason.DISCONTINUED),
}
# States that speak of the data and not of what they show.
OF_DATA = {
    *(ProgressState.STALE, ProgressState.NO_DATA),
    *(ProgressState.NOT_MEASURABLE, ProgressState.DISCONTINUED),
}
RULES = {
    "own": pgettext_lazy("rule", "its own"),
    "default": pgettext_lazy("rule", "the default of its kind"),
    "none": pgettext_lazy("rule", "none: nothing can be judged"),
}


@dataclass(frozen=True)
class Line:
    """The data of one indicator as they stand on a day."""

    indicator: Indicator
    freshness: Freshness
    on: date

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands on the page: by its goal, then by its own code."""
        return self.indicator.goal_above.code_sort, self.indicator.code_sort

    @property
    def latest(self) -> Observation | None:
        return self.indicator.latest

    @property
    def is_provisional(self) -> bool:
        return self.latest is not None and self.latest.provisional

    @cached_property
    def state(self) -> ProgressState | None:
        """What there is to say about the data beside the value, by the rule and not by a person."""
        progress = self.indicator.progress
        if progress is not None and progress.computed_state in OF_DATA:
            return ProgressState(progress.computed_state)
        return None if self.latest else ProgressState.NO_DATA

    @property
    def has_target(self) -> bool:
        """Say whether there is something to reach: a number where it is about numbers."""
        if self.indicator.is_numeric:
            return self.indicator.has_target_value
        return bool(self.indicator.targets.all())

    @cached_property
    def rule(self) -> str:
        """``own``, ``default`` or ``none``: by which rule the state is judged."""
        progress = self.indicator.progress
        if not self._can_be_judged or (progress and progress.reason in WITHOUT_RULE):
            return "none"
        own = any(version.valid_from <= self.on for version in self.indicator.criteria.all())
        return "own" if own else "default"

    @property
    def _can_be_judged(self) -> bool:
        indicator = self.indicator
        if indicator.availability != Indicator.Availability.MEASURED:
            return False
        if indicator.kind == Indicator.Kind.RECURRING:
            periodic = any(target.per for target in indicator.targets.all())
            return periodic or bool(indicator.update_rhythm)
        return self.has_target or not indicator.is_numeric

    @property
    def rule_words(self) -> str:
        return RULES[self.rule]

    @property
    def has_owner(self) -> bool:
        return _is_named(self.indicator.owner)

    @property
    def has_anybody(self) -> bool:
        """Say whether an owner or at least a deputy is named."""
        return self.has_owner or _is_named(self.indicator.deputy)

    @property
    def is_overdue(self) -> bool:
        return self.freshness.is_overdue(self.on)

    @property
    def is_sample(self) -> bool:
        progress = self.indicator.progress
        parts = (self.latest, progress, self.indicator.responsible)
        return any(part is not None and part.is_sample for part in parts)


def _is_named(person: User | None) -> bool:
    """Whoever has left is named no longer."""
    return person is not None and person.is_active


@dataclass(frozen=True)
class Pick:
    """Something that one may ask for: its name and whether it holds for a line."""

    name: Promise
    holds: Callable[[Line], bool]


# By the word in the address, in the order of the page.
PICKS = {
    "data": Pick(_("with a published value"), lambda line: line.latest is not None),
    "no-data": Pick(_("without a value"), lambda line: line.latest is None),
    "provisional": Pick(_("with a provisional value"), lambda line: line.is_provisional),
    "stale": Pick(_("with stale data"), lambda line: line.state == ProgressState.STALE),
    "overdue": Pick(_("with an overdue update"), lambda line: line.is_overdue),
    "no-target": Pick(_("without a target"), lambda line: not line.has_target),
    "no-rule": Pick(_("without a rule"), lambda line: line.rule == "none"),
    "no-organisation": Pick(
        _("without a responsible organisation"), lambda line: line.indicator.responsible is None
    ),
    "no-owner": Pick(_("without a named owner"), lambda line: not line.has_owner),
    "nobody": Pick(_("with neither owner nor deputy"), lambda line: not line.has_anybody),
}


def data_lines(strategy: Strategy, user) -> list[Line]:
    """Return a line for each indicator that ``user`` may see, by goal, in the order of codes.

    The same few queries whatever the number of indicators; of the values only the latest is read.
    """
    on = timezone.localdate()
    rows = with_freshness(strategy.indicators.visible_to(user).with_place()).with_progress()
    indicators = rows.select_related("owner", "deputy").prefetch_related(
        Prefetch("criteria", CriteriaVersion.objects.only("indicator", "valid_from"))
    )
    lines = [Line(indicator, freshness_of(indicator), on) for indicator in indicators.listed()]
    return sorted(lines, key=lambda line: line.place)
