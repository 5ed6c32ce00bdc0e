"""Values that became known, were corrected or withdrawn between two moments.

There may be hundreds of thousands: a page has them counted and cut short by the database, a file
reads one after the other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from heapq import merge
from itertools import groupby

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from goals.models import Strategy
from indicators.models import FormerObservation, Indicator, Observation

MOST_ROWS = 100  # of each kind on a page
NEW, CORRECTION, WITHDRAWAL = KINDS = ("new_value", "correction", "withdrawal")
Known = Observation | FormerObservation


@dataclass(frozen=True)
class Change:
    """What happened to a value: ``before`` is what it replaced, ``after`` what replaced it.

    One of them may be None. Both carry ``at``, the moment of the change.
    """

    before: FormerObservation | None
    after: Known | None

    @property
    def kind(self) -> str:
        """One of ``KINDS``."""
        if self.before is None:
            return NEW
        return CORRECTION if self.after else WITHDRAWAL

    @property
    def known(self) -> Known:
        """The newer of its values."""
        return self.after or self.before

    @property
    def place(self) -> tuple[datetime, date, date, int]:
        """Where it stands in ``_LATEST_FIRST``, read backwards; both values have the same."""
        known = self.known
        return known.at, known.period_end, known.period_start, known.indicator_id

    @property
    def is_sample(self) -> bool:
        return any(value.is_sample for value in (self.before, self.after) if value)


_LATEST_FIRST = ("-at", "-period_end", "-period_start", "-indicator_id")


@dataclass(frozen=True)
class Latest:
    """How many changes of a kind there are, and the latest of them."""

    count: int
    rows: list[Change]


class ValueChanges:
    """The changes of values of public indicators after ``since`` and until ``until``.

    A correction has the value before it, which was replaced at the very moment at which the new
    one became known. A value that was moved to another period is withdrawn from the first.
    """

    def __init__(self, strategy: Strategy, since: datetime, until: datetime):
        self.strategy, self.since, self.until = strategy, since, until

    def __iter__(self) -> Iterator[Change]:
        """All of them, latest first, each read when it is asked for."""
        return _joined([rows.iterator() for rows in self._known], self._replaced.iterator())

    @cached_property
    def latest(self) -> dict[str, Latest]:
        """The number and the first ``MOST_ROWS`` of each of ``KINDS``, latest first."""
        known = [_cut(rows, has_other=_predecessor()) for rows in self._known]
        replaced = _cut(self._replaced, has_other=_successor())
        counts = {
            NEW: sum(_count(rows, has_other=False) for rows in known),
            CORRECTION: _count(replaced, has_other=True),
            WITHDRAWAL: _count(replaced, has_other=False),
        }
        # Beyond the first rows the other half of a correction may have been cut off.
        whole = [
            change
            for change in _joined(known, replaced)
            if change.known.has_other == (change.kind == CORRECTION)
        ]
        return {
            kind: Latest(count, [change for change in whole if change.kind == kind][:MOST_ROWS])
            for kind, count in counts.items()
        }

    @property
    def _known(self) -> list[QuerySet]:
        return [self._moved(model, "recorded_at") for model in (Observation, FormerObservation)]

    @property
    def _replaced(self) -> QuerySet:
        return self._moved(FormerObservation, "replaced_at")

    def _moved(self, model: type[Known], column: str) -> QuerySet:
        public = Indicator.public_q(prefix="indicator__")
        between = Q(**{f"{column}__gt": self.since, f"{column}__lte": self.until})
        rows = model.objects.filter(public, between, indicator__strategy=self.strategy)
        return rows.annotate(at=F(column)).select_related("indicator").order_by(*_LATEST_FIRST)


def _predecessor() -> Exists:
    return _same_value(FormerObservation, replaced_at=OuterRef("recorded_at"))


def _successor() -> Q:
    became_known = {"recorded_at": OuterRef("replaced_at")}
    written = _same_value(Observation, **became_known)
    return Q(written) | Q(_same_value(FormerObservation, **became_known))


def _same_value(model: type[Known], **moment: OuterRef) -> Exists:
    same = {"indicator": OuterRef("indicator"), "period": OuterRef("period")}
    return Exists(model.objects.filter(**same, **moment))


def _cut(rows: QuerySet, *, has_other: Exists | Q) -> list[Known]:
    """Load the first ``MOST_ROWS`` of those with and of those without the other half."""
    of_kind = {"partition_by": F("has_other")}
    rows = rows.annotate(
        has_other=has_other,
        rank=Window(RowNumber(), order_by=_LATEST_FIRST, **of_kind),
        count=Window(Count("*"), **of_kind),
    )
    return list(rows.filter(rank__lte=MOST_ROWS))


def _count(rows: list[Known], *, has_other: bool) -> int:
    return next((row.count for row in rows if row.has_other == has_other), 0)


def _joined(known: list[Iterable[Known]], replaced: Iterable[FormerObservation]):
    """Bring the halves of each change together; all are given latest first."""
    halves = [
        *((Change(None, row) for row in rows) for rows in known),
        (Change(row, None) for row in replaced),
    ]
    place = Change.place.fget
    for _place, parts in groupby(merge(*halves, key=place, reverse=True), place):
        parts = list(parts)
        before = next((part.before for part in parts if part.before), None)
        after = next((part.after for part in parts if part.after), None)
        yield Change(before, after)
