"""What a reader asks to see of progress, and the one place that says what counts.

The overview counts with the same conditions by which the list picks its rows, so every number has
a list of exactly that length. Only public records count, for everybody alike.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, F, Model, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goals.models import Goal, Objective, Strategy
from indicators.models import Assessment, FormerObservation, Indicator, Observation, Target
from indicators.querysets import AssessmentQuerySet
from measures.models import Measure
from portal.common.moment import Moment, asked_moment, end_of_day
from portal.common.query import asking, parameter
from portal.common.states import ProgressState

from .freshness.records import overdue_q, with_freshness

LEVELS: dict[str, type[Model]] = {
    "goal": Goal,
    "objective": Objective,
    "measure": Measure,
    "indicator": Indicator,
}
# All states in four groups, for a reader in a hurry.
GROUPS: dict[str, tuple[ProgressState, ...]] = {
    "good": (ProgressState.ACHIEVED, ProgressState.ON_TRACK),
    "attention": (ProgressState.AT_RISK, ProgressState.BEHIND),
    "unknown": (ProgressState.NO_DATA, ProgressState.STALE),
    "other": (
        ProgressState.NOT_STARTED,
        ProgressState.NOT_MEASURABLE,
        ProgressState.DISCONTINUED,
    ),
}
GROUP_NAMES = {
    "good": pgettext_lazy("progress", "achieved or on track"),
    "attention": pgettext_lazy("progress", "at risk or behind"),
    "unknown": pgettext_lazy("progress", "without current data"),
    "other": pgettext_lazy("progress", "not started or not judged"),
}
# What else a list may be cut down to.
PICKS = {
    "changed": _("State changed in the last 30 days"),
    "due": _("Deadline passed without data"),
    "updates": _("Update overdue"),
    "unowned": _("Without a responsible organisation"),
}
PICKS_OF = {
    "goal": ("changed",),
    "objective": ("changed",),
    "measure": ("changed", "updates", "unowned"),
    "indicator": ("changed", "due", "updates", "unowned"),
}
DAYS_OF_CHANGE = 30
NOBODY = "-"  # in place of the code of an organisation; no code looks like it
# No value is waited for.
CLOSED = (ProgressState.ACHIEVED, ProgressState.NOT_MEASURABLE, ProgressState.DISCONTINUED)

UNOWNED = {
    "measure": Q(measure__organisation=None),
    "indicator": Q(indicator__organisation=None, indicator__measure__organisation=None),
}
_GOAL_OF = {
    "goal": ("goal",),
    "objective": ("objective__goal",),
    "measure": ("measure__objective__goal",),
    "indicator": (
        "indicator__goal",
        "indicator__objective__goal",
        "indicator__measure__objective__goal",
    ),
}


@dataclass(frozen=True)
class Wanted:
    """The filters of a page: codes of a goal and an organisation, a state or one of ``GROUPS``.

    An empty field asks for everything; what does not exist is had by nothing.
    """

    moment: Moment
    goal: str = ""
    organisation: str = ""
    state: str = ""

    @classmethod
    def by(cls, request: HttpRequest) -> "Wanted":
        """Read the filters of a request. Raises ``BadRequest`` for what is no day."""
        names = ("goal", "organisation", "state")
        return cls(asked_moment(request), *(parameter(request, name) for name in names))

    @property
    def is_active(self) -> bool:
        return bool(self.goal or self.organisation or self.state)

    def accepts(self, state: str) -> bool:
        return not self.state or state in GROUPS.get(self.state, (self.state,))

    @property
    def on(self) -> str:
        """The past day that is asked for, as a parameter; ``""`` for today."""
        return self.moment.day.isoformat() if self.moment.is_past else ""

    def query(self, **other: str) -> str:
        """Return ``?...`` that asks for the same, but for what ``other`` says."""
        same = {"goal": self.goal, "organisation": self.organisation, "state": self.state}
        return asking(**{**same, "on": self.on, **other})


class Selection:
    """The assessments of one strategy that answer what is wanted, level by level."""

    def __init__(self, strategy: Strategy, wanted: Wanted):
        self.strategy, self.wanted = strategy, wanted
        self.day, self.at = wanted.moment.day, wanted.moment.at

    @property
    def before(self) -> datetime:
        """The moment from which a state counts as changed."""
        first = max(self.day.toordinal() - DAYS_OF_CHANGE, date.min.toordinal())
        return end_of_day(date.fromordinal(first))

    def of_any_state(self, level: str) -> AssessmentQuerySet:
        """What is shown of each public record of a level, whatever its state."""
        rows = in_force(self.strategy, level, self.at).filter(self._goal_q(level))
        rows = with_state_at(rows, level, self.before)
        if self.wanted.organisation:
            rows = rows.filter(self._organisation_q(level))
        return rows

    def rows(self, level: str, pick: str = "") -> AssessmentQuerySet:
        """What is wanted of a level; ``pick`` is one of ``PICKS``. In the order of codes."""
        rows = self.of_any_state(level)
        if self.wanted.state:
            rows = rows.filter(state__in=GROUPS.get(self.wanted.state, (self.wanted.state,)))
        if pick:
            rows = rows.filter(self.pick_q(level, pick))
        return rows.order_by(f"{level}__code_sort", "pk")

    def _goal_q(self, level: str) -> Q:
        ways = _GOAL_OF[level] if self.wanted.goal else ()
        return reduce(or_, (Q(**{f"{way}__code": self.wanted.goal}) for way in ways), Q())

    def _organisation_q(self, level: str) -> Q:
        """Nobody is responsible for a whole goal or objective."""
        code = self.wanted.organisation
        if level not in UNOWNED:
            return Q(pk__in=())
        if code == NOBODY:
            return UNOWNED[level]
        if level == "measure":
            return Q(measure__organisation__code=code)
        inherited = Q(indicator__organisation=None, indicator__measure__organisation__code=code)
        return Q(indicator__organisation__code=code) | inherited

    def pick_q(self, level: str, pick: str) -> Q:
        """The condition of ``PICKS``, for rows of ``of_any_state``; none has an unknown one."""
        if pick not in PICKS_OF[level]:
            return Q(pk__in=())
        return getattr(self, f"_{pick}_q")(level)

    def _changed_q(self, level: str) -> Q:
        return Q(state_before__isnull=False) & ~Q(state_before=F("state"))

    def _due_q(self, level: str) -> Q:
        """A deadline has passed and no value speaks of that day or a later one."""
        values = {"indicator": OuterRef("indicator"), "period_end__gte": OuterRef("due_on")}
        known = Q(Exists(Observation.objects.filter(**values)))
        if self.at is not None:
            known = Q(Exists(Observation.objects.known_at(self.at).filter(**values)))
            known |= Q(Exists(FormerObservation.objects.known_at(self.at).filter(**values)))
        due = Target.objects.filter(indicator=OuterRef("indicator"), due_on__lt=self.day)
        open_states = ~Q(state__in=CLOSED)
        return Q(Exists(due.exclude(known))) & open_states

    def _updates_q(self, level: str) -> Q:
        overdue = with_freshness(LEVELS[level].objects.all(), self.at).filter(overdue_q(self.day))
        return Q(**{f"{level}__in": overdue.values("pk")})

    def _unowned_q(self, level: str) -> Q:
        return UNOWNED[level]


def in_force(strategy: Strategy, level: str, at: datetime | None) -> AssessmentQuerySet:
    """What is, or at the moment ``at`` was, shown of the records that are public now."""
    public = LEVELS[level].public_q(prefix=f"{level}__")
    return Assessment.objects.in_force(at).filter(public, strategy=strategy, level=level)


def with_state_at(rows: AssessmentQuerySet, level: str, at: datetime) -> AssessmentQuerySet:
    """Bring along, as ``state_before``, the state shown at the moment ``at``; None before any."""
    earlier = Assessment.objects.in_force(at).filter(level=level, **{level: OuterRef(level)})
    return rows.annotate(state_before=Subquery(earlier.order_by().values("state")[:1]))


def is_too_early(strategy: Strategy, at: datetime | None) -> bool:
    """Say that at the moment ``at`` (now) nothing of a strategy had been assessed yet."""
    first = first_day(strategy)
    return first is None or (at is not None and at < first)


def first_day(strategy: Strategy):
    """Return the moment of the first assessment of a strategy, None if there is none yet."""
    return strategy.assessments.order_by("valid_from").values_list("valid_from", flat=True).first()
