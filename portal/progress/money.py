"""Money beside progress: planned, committed and spent, in whole cents of a euro.

A line is the money of one year from one source for one measure or project. A line counts once in
every record that it belongs to: in its measure or project, in each measure, objective and goal
that the project serves, and in whatever stands above them. So the parts of a record may count a
line several times, while the record itself counts it once:

    sum of the parts + what belongs to no part - counted several times = total

The equation holds in every column, for known cents and for the number of unknown lines. Unknown is
not zero: a sum that lacks something is a sum of what is known, "at least".
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Model, Q, QuerySet, Value

from goals.models import Goal, Objective, Strategy
from measures.models import BudgetLine, Measure, Project

from .money_lines import COLUMNS, Line, Subject, lines_at, lines_in


@dataclass(frozen=True)
class Amount:
    """The sum in cents of what is known among ``lines`` lines, ``unknown`` of which are not."""

    cents: int = 0
    lines: int = 0
    unknown: int = 0

    @property
    def is_known(self) -> bool:
        """Say whether at least one of the lines is known."""
        return self.lines > self.unknown


@dataclass(frozen=True)
class Sums:
    planned: Amount = Amount()
    committed: Amount = Amount()
    spent: Amount = Amount()

    def __iter__(self):
        """The amounts in the order of ``COLUMNS``."""
        return iter((self.planned, self.committed, self.spent))


def sums_of(lines: Iterable[Line]) -> Sums:
    """Add up lines, each as often as it is given."""
    lines = list(lines)
    return Sums(*(_amount([getattr(line, column) for line in lines]) for column in COLUMNS))


def _amount(values: list[int | None]) -> Amount:
    known = [value for value in values if value is not None]
    return Amount(sum(known), len(values), len(values) - len(known))


def by_year_and_source(lines: Iterable[Line]) -> dict[int, dict[str, Sums]]:
    """Return the sums of each year and source, in order."""
    found: dict[int, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        found[line.year][line.source].append(line)
    return {
        year: {source: sums_of(found[year][source]) for source in sorted(found[year])}
        for year in sorted(found)
    }


@dataclass(frozen=True)
class Reconciled:
    """How the sums of the parts become the total: parts + direct - repeated = total."""

    parts: dict[Hashable, Sums]
    direct: Sums
    repeated: Sums
    total: Sums


def reconcile(lines: Iterable[Line], parts: Mapping[Hashable, Iterable[Line]]) -> Reconciled:
    """Lay out the ``lines`` of a record by its parts, whose lines are among them."""
    lines = set(lines)
    times = Counter(line for part in parts.values() for line in set(part))
    again = (line for line, count in times.items() for _ in range(count - 1))
    return Reconciled(
        parts={key: sums_of(set(part)) for key, part in parts.items()},
        direct=sums_of(lines - times.keys()),
        repeated=sums_of(again),
        total=sums_of(lines),
    )


class Money:
    """The lines of a part of a strategy and to which records they belong.

    ``places`` names for each measure and project, that everybody may see, the records above it.
    """

    def __init__(self, lines: Iterable[Line], places: Mapping[Subject, set[Subject]]):
        self._lines: dict[Subject, set[Line]] = defaultdict(set)
        self.lines = {line for line in lines if line.subject in places}
        for line in self.lines:
            for place in places[line.subject] | {line.subject}:
                self._lines[place].add(line)

    def of(self, level: str, key: int) -> frozenset[Line]:
        """The lines of one record, each once."""
        return frozenset(self._lines.get((level, key), ()))


@dataclass(frozen=True)
class Source:
    """Rows that say which money belongs where: measures, projects, and what projects serve.

    ``shown`` names the models whose rows must be public and the way to them; ``columns`` the ways
    to the measure or project that holds the money and to the records that its money counts in.
    """

    model: type[Model]
    shown: dict[str, type[Model]]
    columns: dict[str, str]

    def places_in(self, record: Model) -> QuerySet | None:
        """Rows of ``PLACE`` keys, 0 for none, of what stands in ``record``; None for no way."""
        level = record._meta.model_name
        way = self.strategy if level == "strategy" else self.columns.get(level)
        if way is None:
            return None
        rows = QuerySet(self.model).filter(**{way: record.pk}).order_by()
        for prefix, model in self.shown.items():
            shown = model.public_q(prefix=prefix)
            if isinstance(record, model):
                shown |= Q(**{f"{prefix}pk": record.pk})
            rows = rows.filter(shown)
        keys = {f"{name}_key": F(self.columns[name]) for name in self.columns}
        none = {f"{name}_key": Value(0) for name in PLACE if name not in self.columns}
        return rows.annotate(**keys, **none).values_list(*(f"{name}_key" for name in PLACE))

    @property
    def strategy(self) -> str:
        return f"{next(iter(self.shown))}strategy"


PLACE = ("own", "project", "goal", "objective", "measure")
SOURCES = (
    Source(
        Measure,
        {"": Measure},
        {"own": "pk", "goal": "objective__goal", "objective": "objective", "measure": "pk"},
    ),
    Source(
        Project.measures.through,
        {"measure__": Measure, "project__": Project},
        {
            "project": "project",
            "goal": "measure__objective__goal",
            "objective": "measure__objective",
            "measure": "measure",
        },
    ),
    Source(
        Project.objectives.through,
        {"objective__": Objective, "project__": Project},
        {"project": "project", "goal": "objective__goal", "objective": "objective"},
    ),
    Source(
        Project.goals.through,
        {"goal__": Goal, "project__": Project},
        {"project": "project", "goal": "goal"},
    ),
    Source(Project, {"": Project}, {"project": "pk"}),  # also those that serve nothing
)


def money_of(record: Model, at: datetime | None = None) -> Money:
    """Load the money of ``record`` (a strategy or what stands in it) and of all below it.

    Only public records count; ``record`` itself is its reader's business. With ``at`` the lines
    are those known at that moment: later changes are taken back. Two queries, three with ``at``.
    """
    places = _places(record)
    is_strategy = isinstance(record, Strategy)
    if at is not None:
        # A line may have moved since, so those of the whole strategy are looked at.
        (lines,) = lines_at(record if is_strategy else record.strategy_id, [at])
        return Money(lines.values(), places)
    if is_strategy:
        return Money(lines_in(record).values(), places)
    keys = {level: [key for name, key in places if name == level] for level, _key in places}
    wanted = Q(measure__in=keys.get("measure", ())) | Q(project__in=keys.get("project", ()))
    return Money(map(Line.of, BudgetLine.objects.filter(wanted)), places)


def _places(record: Model) -> dict[Subject, set[Subject]]:
    """For each measure and project in ``record`` that is shown: where it belongs. One query."""
    if isinstance(record, Project):  # nothing stands below it
        return {("project", record.pk): set()}
    rows = [source.places_in(record) for source in SOURCES]
    first, *others = [found for found in rows if found is not None]
    found: dict[Subject, set[Subject]] = defaultdict(set)
    for own, project, *above in first.union(*others, all=True):
        subject = ("measure", own) if own else ("project", project)
        found[subject] |= {place for place in zip(PLACE[2:], above, strict=True) if place[1]}
    return found
