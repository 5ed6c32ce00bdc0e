"""The whole strategy on one screen: the numbers of the overview, in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Exists, Max, OuterRef
from django.urls import reverse

from goals.models import Strategy
from indicators.models import FormerObservation, Indicator, Observation
from measures.models import Measure
from portal.accounts.models import Organisation
from portal.common.states import ProgressState

from .cells import Cell, grown, read_cells
from .selection import GROUPS, LEVELS, NOBODY, PICKS, PICKS_OF, Selection, Wanted

MOST_CHANGES = 8


@dataclass(frozen=True)
class Figure:
    """A number and the address of the list that has as many rows; ``name`` says of what."""

    name: str
    count: int
    url: str


class Overview:
    """What one reader sees; every number comes from the conditions of ``Selection``."""

    def __init__(self, strategy: Strategy, wanted: Wanted):
        self.strategy, self.wanted = strategy, wanted
        self.selection = Selection(strategy, wanted)
        # Nobody is responsible for whole goals and objectives.
        self.levels = ("measure", "indicator") if wanted.organisation else tuple(LEVELS)
        self.groups = () if wanted.state else tuple(GROUPS)

    @cached_property
    def state(self):
        """The assessment of the strategy itself, None before the first."""
        return self.strategy.assessments.in_force(self.selection.at).of(self.strategy).first()

    @cached_property
    def all_goals(self) -> list[Cell]:
        whole = Selection(self.strategy, Wanted(self.wanted.moment))
        return read_cells(whole.of_any_state("goal"), "goal", whole)

    @cached_property
    def goals(self) -> list[Cell]:
        """The goals that may hold what is wanted, whatever their own state."""
        return [cell for cell in self.all_goals if self.wanted.goal in ("", cell.code)]

    @cached_property
    def objectives(self) -> list[Cell]:
        """The same for objectives."""
        whole = Selection(self.strategy, Wanted(self.wanted.moment, self.wanted.goal))
        return read_cells(whole.of_any_state("objective"), "objective", whole)

    @cached_property
    def measures(self) -> list[Cell]:
        return read_cells(self.selection.rows("measure"), "measure", self.selection)

    @cached_property
    def cells(self) -> list[Cell]:
        """All goals, objectives and measures that are counted."""
        above = [] if self.wanted.organisation else [*self.goals, *self.objectives]
        return [cell for cell in above if self.wanted.accepts(cell.state)] + self.measures

    @cached_property
    def mosaic(self) -> list[Cell]:
        """Goals with their objectives with their measures; a filter leaves out empty ones."""
        narrowed = self.wanted.organisation or self.wanted.state
        objectives = grown(self.objectives, self.measures)
        goals = grown(self.goals, [o for o in objectives if o.below or not narrowed])
        return [goal for goal in goals if goal.below or not narrowed]

    @cached_property
    def counts(self) -> dict[str, Counter]:
        """For each level how many rows are in each state, and how many have each pick."""
        found: dict[str, Counter] = defaultdict(Counter)
        for cell in self.cells:
            found[cell.level].update([cell.state.value, *cell.picks])
        picks = {
            pick: Count("pk", filter=self.selection.pick_q("indicator", pick))
            for pick in PICKS_OF["indicator"]
        }
        rows = self.selection.rows("indicator").order_by()
        for row in rows.values("state").annotate(all=Count("pk"), **picks):
            found["indicator"][row["state"]] += row["all"]
            found["indicator"].update({pick: row[pick] for pick in picks})
        return found

    def by_state(self) -> list[tuple[ProgressState, list[Figure]]]:
        """A figure per level for each state."""
        return [
            (
                state,
                [
                    self._figure(level, self.counts[level][state.value], state=state.value)
                    for level in self.levels
                ],
            )
            for state in ProgressState
        ]

    def totals(self) -> list[Figure]:
        return [
            self._figure(level, _sum(self.counts[level], ProgressState)) for level in self.levels
        ]

    def grouped(self) -> list[Figure]:
        """Measures by group of states."""
        return self._by_group(self.counts["measure"])

    def by_organisation(self) -> list[tuple[Organisation | None, list[Figure], Figure]]:
        """Measures of each organisation by group of states, and all of them; None is nobody."""
        tallies: dict[int | None, Counter] = defaultdict(Counter)
        for cell in self.measures:
            tallies[cell.organisation][cell.state.value] += 1
        known = [(o.pk, o.code, o) for o in self.organisations] + [(None, NOBODY, None)]
        return [
            (
                organisation,
                self._by_group(tallies[key], organisation=code),
                self._figure("measure", tallies[key].total(), organisation=code),
            )
            for key, code, organisation in known
            if key in tallies
        ]

    def _by_group(self, tally: Counter, **other: str) -> list[Figure]:
        return [
            self._figure("measure", _sum(tally, GROUPS[name]), name=name, state=name, **other)
            for name in self.groups
        ]

    def _figure(self, level: str, count: int, *, name: str = "", **other: str) -> Figure:
        url = reverse("progress:list") + self.wanted.query(level=level, **other)
        return Figure(name or level, count, url)

    def attention(self) -> list[tuple[str, Figure | None, Figure]]:
        """For each of ``PICKS`` but changes: measures (where they can have it) and indicators."""
        return [
            (pick, self._picked("measure", pick), self._picked("indicator", pick))
            for pick in PICKS
            if pick != "changed"
        ]

    def changed(self) -> list[Figure]:
        """How many of each level have another state than thirty days before."""
        return [self._picked(level, "changed") for level in self.levels]

    def _picked(self, level: str, pick: str) -> Figure | None:
        if pick not in PICKS_OF[level]:
            return None
        return self._figure(level, self.counts[level][pick], pick=pick)

    def changes(self) -> list[Cell]:
        """The latest changes of goals, objectives and measures."""
        changed = [cell for cell in self.cells if "changed" in cell.picks]
        return sorted(changed, key=lambda cell: cell.since, reverse=True)[:MOST_CHANGES]

    @cached_property
    def organisations(self) -> list[Organisation]:
        """Those that are responsible for a public measure or indicator."""
        return organisations_of(self.strategy)

    def latest_data(self) -> datetime | None:
        """When the latest of the values known at the moment asked for became known."""
        at, of = self.selection.at, {"indicator__strategy": self.strategy}
        public = Indicator.public_q(prefix="indicator__")
        known = [Observation.objects.filter(public, **of)]
        if at is not None:
            former = FormerObservation.objects.filter(public, **of)
            known = [rows.known_at(at) for rows in (*known, former)]
        moments = (rows.aggregate(at=Max("recorded_at"))["at"] for rows in known)
        return max(filter(None, moments), default=None)

    def has_sample(self) -> bool:
        return any(cell.is_sample for cell in [*self.goals, *self.objectives, *self.measures])


def organisations_of(strategy: Strategy) -> list[Organisation]:
    """The organisations that are responsible for a public measure or indicator."""
    held = {"strategy": strategy, "organisation": OuterRef("pk")}
    measures = Exists(Measure.objects.public().filter(**held))
    return list(
        Organisation.objects.filter(measures | Exists(Indicator.objects.public().filter(**held)))
    )


def _sum(tally: Counter, states: Iterable[ProgressState]) -> int:
    return sum(tally[state.value] for state in states)
