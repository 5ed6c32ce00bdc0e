"""The money of one record, laid out by year and source and by its parts, for a page and a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Model
from django.http import Http404
from django.urls import reverse

from goals.models import Strategy
from portal.common.query import asking

from .money import Amount, Money, Reconciled, Sums, by_year_and_source, money_of, reconcile

# The level of the parts and the relation to them.
PARTS = {
    "strategy": ("goal", "goals"),
    "goal": ("objective", "objectives"),
    "objective": ("measure", "measures"),
    "measure": ("project", "projects"),
}
HEADERS = (
    *("part", "name_sl", "name_en", "year", "source"),
    *("planned_cents", "planned_unknown", "committed_cents", "committed_unknown"),
    *("spent_cents", "spent_unknown", "lines", "sample"),
)


@dataclass(frozen=True)
class Part:
    """A record below, with its sums and the page that shows them."""

    record: Model
    sums: Sums
    url: str


class MoneyTable:
    """What is shown of the money of ``record``, as known at the moment ``at`` (now).

    The sums of its parts cost a query more and stand on the page about its money alone.
    """

    def __init__(
        self, record: Model, at: datetime | None = None, on: str = "", *, by_part: bool = True
    ):
        self.record, self.on, self.by_part = record, on, by_part
        self.level = record._meta.model_name
        self.money: Money = money_of(record, at)

    @property
    def is_empty(self) -> bool:
        return not self.money.lines

    @property
    def is_sample(self) -> bool:
        return any(line.is_sample for line in self.money.lines)

    @cached_property
    def years(self) -> dict[int, dict[str, Sums]]:
        return by_year_and_source(self.money.lines)

    @cached_property
    def reconciled(self) -> Reconciled:
        """The sums by part; parts without money are left out."""
        level, relation = PARTS.get(self.level, ("", "")) if self.by_part else ("", "")
        records = getattr(self.record, relation).public() if level else ()
        lines = {record: self.money.of(level, record.pk) for record in records}
        return reconcile(self.money.lines, {key: own for key, own in lines.items() if own})

    @property
    def parts(self) -> list[Part]:
        return [
            Part(record, sums, address(record, self.on))
            for record, sums in self.reconciled.parts.items()
        ]

    @property
    def url(self) -> str:
        return address(self.record, self.on)

    @property
    def csv_url(self) -> str:
        return address(self.record, self.on, format="csv")

    def cells(self) -> Iterator[list[object]]:
        """The values of ``HEADERS``: by year and source, by part, and the total."""
        for year, sources in self.years.items():
            for source, sums in sources.items():
                yield self._row("year", None, year, source, sums)
        for part in self.parts:
            yield self._row("part", part.record, "", "", part.sums)
        if self.parts:
            yield self._row("in_no_part", None, "", "", self.reconciled.direct)
            yield self._row("counted_several_times", None, "", "", self.reconciled.repeated)
        yield self._row("total", self.record, "", "", self.reconciled.total)

    def _row(self, part: str, record: Model | None, year, source, sums: Sums) -> list[object]:
        names = [getattr(record, f"title_{code}", "") for code in ("sl", "en")]
        amounts = [value for amount in sums for value in (_cents(amount), amount.unknown)]
        sample = "yes" if self.is_sample else ""
        return [part, *names, year, source, *amounts, sums.planned.lines, sample]


def _cents(amount: Amount) -> int | None:
    """Return the sum, None where all its lines are unknown; the sum of no lines is 0."""
    return amount.cents if amount.is_known or not amount.lines else None


def address(record: Model, on: str = "", **other: str) -> str:
    """Return the address of the page with the money of ``record``."""
    level = record._meta.model_name
    code = record.pk if level == "project" else getattr(record, "code", "")
    of = "" if level == "strategy" else f"{level}-{code}"
    return reverse("progress:money") + asking(of=of, on=on, **other)


def record_of(strategy: Strategy, text: str) -> Model:
    """Return what ``text`` names (``goal-1``, ``measure-1.1.1``, ``project-7``), if it is public.

    Without a text that is the strategy itself. Raises ``Http404``.
    """
    if not text:
        return strategy
    level, _hyphen, code = text.partition("-")
    if level == "project":
        records = strategy.projects.public().filter(pk=int(code) if code.isdecimal() else 0)
    elif level in ("goal", "objective", "measure"):
        records = getattr(strategy, f"{level}s").public().filter(code=code)
    else:
        raise Http404
    found = records.first()
    if found is None:
        raise Http404
    return found
