"""What is shown of goals, objectives and measures, read without their texts: small and many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper
from django.urls import reverse

from indicators.querysets import AssessmentQuerySet
from portal.common.languages import active_language
from portal.common.query import asking
from portal.common.states import ProgressState

from .selection import PICKS_OF, Selection

# The page of each level and the way to the records that its address names.
ROUTES = {
    "goal": ("goals:detail", ("goal",)),
    "objective": ("goals:objective-detail", ("objective__goal", "objective")),
    "measure": ("measures:detail", ("measure__objective__goal", "measure__objective", "measure")),
}


@dataclass(frozen=True)
class Cell:
    """One record and its state; ``picks`` are those of ``PICKS`` that it has.

    ``above`` is the key of the goal or objective that it belongs to, ``organisation`` that of the
    organisation responsible for a measure; ``state_before`` is ``""`` before the first.
    """

    level: str
    key: int
    above: int
    code: str
    title: str
    url: str
    state: ProgressState
    state_before: ProgressState | str
    since: datetime
    organisation: int | None
    is_sample: bool
    picks: frozenset[str]
    below: list["Cell"] = field(default_factory=list, compare=False, hash=False)


def read_cells(rows: AssessmentQuerySet, level: str, selection: Selection) -> list[Cell]:
    """Read rows of a ``Selection`` in the order of codes; one query."""
    route, way = ROUTES[level]
    language, on = active_language(), asking(on=selection.wanted.on)
    picks = {f"is_{pick}": _flag(selection.pick_q(level, pick)) for pick in PICKS_OF[level]}
    columns = {
        "key": level,
        "above": way[-2] if len(way) > 1 else level,
        "code": f"{level}__code",
        "title": f"{level}__title_{language}",
        "since": "valid_from",
        "organisation": "measure__organisation",
        "is_sample": "is_sample",
    }
    slugs = [f"{step}__slug_{language}" for step in way]
    rows = rows.annotate(**picks).order_by(f"{level}__code_sort")
    return [
        Cell(
            level=level,
            url=reverse(route, args=[row[slug] for slug in slugs]) + on,
            state=ProgressState(row["state"]),
            state_before=ProgressState(row["state_before"]) if row["state_before"] else "",
            picks=frozenset(pick for pick in PICKS_OF[level] if row[f"is_{pick}"]),
            **{name: row[column] for name, column in columns.items()},
        )
        for row in rows.values(*columns.values(), *picks, *slugs, "state", "state_before")
    ]


def _flag(condition) -> ExpressionWrapper:
    return ExpressionWrapper(condition, BooleanField())


def grown(holders: Sequence[Cell], below: Iterable[Cell]) -> Sequence[Cell]:
    """Hang each of ``below`` on the one of ``holders`` that it belongs to."""
    by_key = {cell.key: cell for cell in holders}
    for cell in below:
        if cell.above in by_key:
            by_key[cell.above].below.append(cell)
    return holders
