"""What has changed between the ends of two days, each thing once and each kind apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import CharField, Exists, F, Model, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from goals.models import Strategy
from indicators.models import Assessment, Override
from measures.models import Measure, ProgressReport, Project
from portal.common.models import AuditEntry
from portal.common.moment import end_of_day
from portal.common.states import ProgressState, Publication

from .money_lines import COLUMNS, Line, lines_at
from .selection import LEVELS, in_force, with_state_at
from .shown import why_path
from .value_changes import ValueChanges
from .words import reason_sentence


@dataclass(frozen=True)
class Moved:
    """A record whose state differs; ``before`` is None where it had not been assessed yet."""

    record: Model
    assessment: Assessment
    before: ProgressState | None
    after: ProgressState

    @property
    def reason(self) -> str:
        """Why it is what it is now, in a sentence."""
        if self.assessment.override:
            name = self.assessment.override.name
            return _("This state was set by a person: %(name)s.") % {"name": name}
        return reason_sentence(self.assessment.reason)

    @property
    def why_url(self) -> str:
        """Where its sum can be redone, as of today."""
        return why_path(self.record)


@dataclass(frozen=True)
class MoneyChange:
    """An amount of a budget line in cents, before and after; None where unknown or not there."""

    record: Measure | Project
    line: Line
    column: str
    before: int | None
    after: int | None


class Comparison:
    """Two days of one strategy, ``start`` and ``end``; what happened after the end of the first.

    Only what is public now is told. The number of queries is fixed.
    """

    def __init__(self, strategy: Strategy, start: date, end: date):
        self.strategy, self.start, self.end = strategy, start, end
        self.since, self.until = end_of_day(start), end_of_day(end)

    def _between(self, column: str) -> Q:
        return Q(**{f"{column}__gt": self.since, f"{column}__lte": self.until})

    @cached_property
    def _now_shown(self) -> dict[str, list[Moved]]:
        """By level, whose state at the end is another than at the start, or the first."""
        return {level: list(self._differing(level)) for level in LEVELS}

    def _differing(self, level: str) -> Iterator[Moved]:
        rows = with_state_at(in_force(self.strategy, level, self.until), level, self.since)
        rows = rows.filter(Q(state_before=None) | ~Q(state_before=F("state"))).without_inputs()
        places = {"objective": "goal", "measure": "objective__goal"}
        place = "__".join(filter(None, (level, places.get(level))))
        for row in rows.select_related(place, "override").order_by(f"{level}__code_sort"):
            before = ProgressState(row.state_before) if row.state_before else None
            yield Moved(getattr(row, level), row, before, ProgressState(row.state))

    @property
    def moved(self) -> dict[str, list[Moved]]:
        """By level, what had another state before."""
        return _parted(self._now_shown, lambda row: row.before is not None)

    @property
    def begun(self) -> dict[str, list[Moved]]:
        """By level, what was assessed for the first time."""
        return _parted(self._now_shown, lambda row: row.before is None)

    @cached_property
    def values(self) -> ValueChanges:
        return ValueChanges(self.strategy, self.since, self.until)

    @cached_property
    def reports(self) -> list[ProgressReport]:
        """Reports that became public: by a person's hand or at their time."""
        by_hand = AuditEntry.objects.filter(
            self._between("at"),
            model=ProgressReport._meta.label_lower,
            object_id=Cast(OuterRef("pk"), CharField()),
            changes__publication__1=Publication.PUBLISHED,
        )
        in_time = Q(publication=Publication.SCHEDULED) & self._between("publish_at")
        reports = ProgressReport.objects.public().filter(Exists(by_hand) | in_time)
        mine = Q(measure__strategy=self.strategy) | Q(project__strategy=self.strategy)
        return list(reports.filter(mine).select_related("measure__objective__goal", "project"))

    @cached_property
    def _overrides(self) -> list[Override]:
        """Those that may have begun or ended; how long one was shown its last day says."""
        public = Q(pk__in=())
        for level, model in LEVELS.items():
            mine = Q(**{f"{level}__strategy": self.strategy})
            public |= model.public_q(prefix=f"{level}__") & mine
        standing = Q(withdrawn_at=None) | Q(withdrawn_at__gt=self.since)
        known = Q(starts_on__lte=self.end, expires_on__gte=self.start) & standing
        moved = Q(starts_on__gt=self.start) | Q(expires_on__lt=self.end)
        moved |= Q(withdrawn_at__lte=self.until)
        places = ("goal", "objective__goal", "measure__objective__goal", "indicator")
        return list(Override.objects.filter(public, known, moved).select_related(*places))

    @property
    def overrides_set(self) -> list[Override]:
        """States that a person has set and that began to be shown."""
        begun = (o for o in self._overrides if self.start < o.starts_on <= self.end)
        return [override for override in begun if _last_day(override) >= override.starts_on]

    @property
    def overrides_ended(self) -> list[tuple[Override, date]]:
        """Those that ended, by their day or by somebody's hand, and the last day of each."""
        ends = [(override, _last_day(override)) for override in self._overrides]
        return [(o, day) for o, day in ends if self.start <= day < self.end and o.starts_on <= day]

    @cached_property
    def money(self) -> list[MoneyChange]:
        """Amounts that differ between the ends of the two days."""
        then, now = lines_at(self.strategy, (self.since, self.until))
        changes = [
            (now.get(key) or then[key], column, before, after)
            for key in then.keys() | now.keys()
            for column in COLUMNS
            if (before := getattr(then.get(key), column, None))
            != (after := getattr(now.get(key), column, None))
        ]
        return self._named(changes)

    def _named(self, changes: list[tuple]) -> list[MoneyChange]:
        keys = {"measure": set(), "project": set()}
        for line, *_amounts in changes:
            level, key = line.subject
            keys[level].add(key)
        shown = {
            "measure": self.strategy.measures.public().select_related("objective__goal"),
            "project": self.strategy.projects.public(),
        }
        records = {
            (level, key): record
            for level, rows in shown.items()
            for key, record in rows.in_bulk(keys[level]).items()
        }
        found = [
            MoneyChange(records[line.subject], line, *change)
            for line, *change in changes
            if line.subject in records
        ]
        return sorted(found, key=lambda c: (str(c.record), c.line.year, c.line.key))


def _last_day(override: Override) -> date:
    """The last day at whose end a state set by a person was shown."""
    if override.withdrawn_at is None:
        return override.expires_on
    return min(override.expires_on, timezone.localdate(override.withdrawn_at) - timedelta(days=1))


def _parted(rows: dict[str, list[Moved]], wanted) -> dict[str, list[Moved]]:
    parts = {level: [row for row in found if wanted(row)] for level, found in rows.items()}
    return {level: part for level, part in parts.items() if part}
