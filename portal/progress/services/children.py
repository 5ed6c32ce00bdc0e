"""What stands directly below each level, with its state: the material of a roll-up."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import FilteredRelation, Model, Q

from indicators.calculations.rollup import Child
from indicators.calculations.types import State
from portal.common.models import Publishable

from .plan import MODELS, PARENTS, Plan, Subject

_RECORD = ("pk", "code", "code_sort", "publication", "publish_at")
_SHOWN = ("state", "fraction", "leaves", "is_sample", "override")


@dataclass(frozen=True)
class Below:
    """One child of a level: who it is, and the state that is shown of it."""

    subject: Subject
    code: str
    state: str = State.NO_DATA
    fraction: Decimal | None = None
    leaves: int = 0
    is_sample: bool = False
    overridden: bool = False

    @property
    def child(self) -> Child:
        return Child(
            level=self.subject.level,
            code=self.code,
            state=State(self.state),
            fraction=self.fraction,
            leaves=self.leaves,
            overridden=self.overridden,
        )

    def to_json(self) -> dict:
        return {
            "level": self.subject.level,
            "pk": self.subject.pk,
            "code": self.code,
            "state": str(self.state),
            "fraction": None if self.fraction is None else f"{self.fraction:f}",
            "leaves": self.leaves,
            "overridden": self.overridden,
        }

    @classmethod
    def from_json(cls, stored: dict) -> "Below":
        """Read back what ``to_json`` wrote."""
        fraction = stored["fraction"]
        return cls(
            subject=Subject(stored["level"], stored["pk"]),
            code=stored["code"],
            state=State(stored["state"]),
            fraction=None if fraction is None else Decimal(fraction),
            leaves=stored["leaves"],
            overridden=stored["overridden"],
        )


def load_children(plan: Plan, at: datetime) -> dict[Subject, list[Below]]:
    """Return the public children of every level of ``plan`` in the order of their codes.

    One query for each kind of child, whatever their number.
    """
    children: dict[Subject, list[Below]] = defaultdict(list)
    for level, parents in PARENTS.items():
        condition = Q()
        for parent in parents:
            if plan.nodes[parent]:
                condition |= Q(**{f"{parent}__in": list(plan.nodes[parent])})
        if condition:
            for row in _rows(MODELS[level], level, condition):
                if _is_public(row, at):
                    _add(children, level, parents, row)
    return children


def _rows(model: type[Model], level: str, condition: Q):
    in_force = Q(assessments__valid_to=None, assessments__level=level)
    rows = model.objects.filter(condition).annotate(
        shown=FilteredRelation("assessments", condition=in_force)
    )
    columns = [*_RECORD, *(f"{parent}_id" for parent in PARENTS[level])]
    return rows.order_by("code_sort", "pk").values(*columns, *(f"shown__{c}" for c in _SHOWN))


def _is_public(row: dict, at: datetime) -> bool:
    """Its own publication only: a draft level does not change what stands below it."""
    record = _Publication(publication=row["publication"], publish_at=row["publish_at"])
    return record.is_public(at)


@dataclass
class _Publication:
    publication: str
    publish_at: datetime | None

    is_public = Publishable.is_public


def _add(children, level: str, parents: tuple[str, ...], row: dict) -> None:
    child = Below(
        subject=Subject(level, row["pk"]),
        code=row["code"],
        state=row["shown__state"] or State.NO_DATA,
        fraction=row["shown__fraction"],
        leaves=row["shown__leaves"] if row["shown__leaves"] is not None else level == "indicator",
        is_sample=bool(row["shown__is_sample"]),
        overridden=row["shown__override"] is not None,
    )
    for parent in parents:
        if pk := row[f"{parent}_id"]:
            children[Subject(parent, pk)].append(child)
