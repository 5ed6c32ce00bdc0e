"""Budget lines, as they are and as they were known at a moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from goals.models import Strategy
from measures.models import BudgetLine
from portal.common.models import AuditEntry

COLUMNS = ("planned", "committed", "spent")
Subject = tuple[str, int]  # ("measure", 3)


@dataclass(frozen=True)
class Line:
    """Money of one year from one source; an amount is whole cents, None where unknown."""

    key: int
    year: int
    source: str = ""
    planned: int | None = None
    committed: int | None = None
    spent: int | None = None
    measure: int | None = None
    project: int | None = None
    is_sample: bool = False

    @classmethod
    def of(cls, row: BudgetLine) -> "Line":
        return cls(
            *(row.pk, row.year, row.source, row.planned, row.committed, row.spent),
            *(row.measure_id, row.project_id, row.is_sample),
        )

    @property
    def subject(self) -> Subject:
        return ("measure", self.measure) if self.measure else ("project", self.project or 0)


def _in_strategy(strategy: Strategy | int) -> Q:
    return Q(measure__strategy=strategy) | Q(project__strategy=strategy)


def lines_in(strategy: Strategy | int) -> dict[int, Line]:
    return {row.pk: Line.of(row) for row in BudgetLine.objects.filter(_in_strategy(strategy))}


def lines_at(strategy: Strategy | int, moments: Sequence[datetime]) -> list[dict[int, Line]]:
    """The lines of a strategy, by key, as they were known at each of ``moments``; two queries.

    Whose they are need not be public. Deleted ones of other strategies are among them.
    """
    lines = lines_in(strategy)
    changes = changes_since(min(moments), strategy)
    return [taken_back(lines, (c for c in changes if c.at > at)) for at in moments]


class Change(NamedTuple):
    """What happened to a budget line; ``changed`` is ``{column: (before, after)}`` as texts."""

    key: int
    action: str
    changed: Mapping[str, tuple[str | None, str | None]]
    at: datetime


def changes_since(at: datetime, strategy: Strategy | int) -> list[Change]:
    """What has happened after ``at`` to lines of ``strategy`` and to deleted ones, latest first.

    Where a deleted line belonged only its history knows.
    """
    entries = AuditEntry.objects.filter(model=BudgetLine._meta.label_lower, at__gt=at)
    others = BudgetLine.objects.exclude(_in_strategy(strategy)).order_by()
    mine = entries.exclude(object_id__in=others.values_list(Cast("pk", CharField())))
    rows = mine.order_by("-at", "-pk").values_list("object_id", "action", "changes", "at")
    return [Change(int(key), *rest) for key, *rest in rows]


def taken_back(lines: Mapping[int, Line], changes: Iterable[Change]) -> dict[int, Line]:
    """Return the lines as they were before ``changes``, which are given latest first."""
    lines = dict(lines)
    for key, action, changed, _at in changes:
        before = {name: _typed(name, pair[0]) for name, pair in changed.items()}
        before = {name.removesuffix("_id"): value for name, value in before.items()}
        if action == AuditEntry.Action.CREATED:
            lines.pop(key, None)
        elif action == AuditEntry.Action.DELETED:
            lines[key] = Line(key=key, **before)
        elif key in lines:
            lines[key] = replace(lines[key], **before)
    return lines


def _typed(name: str, text: str | None) -> int | str | bool | None:
    """Read a value of the history, which keeps texts."""
    if name == "is_sample":
        return text == "True"
    if name == "source":
        return text or ""
    return None if text is None else int(text)
