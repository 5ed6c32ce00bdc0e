"""The whole strategy at a glance, and the filters that cut it down."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Model

from goals.models import Goal, Objective, Strategy
from measures.models import Measure
from portal.accounts.models import Organisation
from portal.common.assessed import bring_progress
from portal.common.states import PublishedState
from portal.common.text import folded

NO_STATUS = "none"


@dataclass(frozen=True)
class TreeFilter:
    """What a reader asks to see; empty fields ask for everything.

    ``status`` is a ``PublishedState`` or ``"none"``, ``organisation`` a code, ``text`` any words.
    """

    status: str = ""
    organisation: str = ""
    text: str = ""

    @property
    def is_active(self) -> bool:
        return bool(self.status or self.organisation or self.text)

    def accepts_status(self, *records: Goal | Objective | Measure) -> bool:
        """The status of the nearest record that has one counts."""
        if not self.status:
            return True
        states = [record.published_state for record in records if record.published_state]
        return (states[0] if states else NO_STATUS) == self.status

    def accepts_organisation(self, record: Model) -> bool:
        organisation = getattr(record, "organisation", None)
        return not self.organisation or (
            organisation is not None and organisation.code == self.organisation
        )

    def accepts_text(self, *texts: str | None) -> bool:
        return all(word in folded(" ".join(t or "" for t in texts)) for word in self.words)

    @property
    def words(self) -> list[str]:
        return folded(self.text).split()


@dataclass
class Branch:
    """A record of the tree with what is shown below it."""

    record: Model
    children: list = field(default_factory=list)
    indicators: list = field(default_factory=list)


def load_tree(strategy: Strategy, user, wanted: TreeFilter | None = None) -> list[Branch]:
    """Return goals with objectives, measures and indicators that ``user`` may see.

    With a filter only the measures that answer it remain, and what stands above them; a goal or an
    objective that answers by its own words stays too.
    """
    tree = _Tree(strategy, user, wanted or TreeFilter())
    goals = strategy.goals.visible_to(user).with_visible(user, "objectives__measures")
    goals = list(goals)
    tree.bring_progress(goals)
    branches = [tree.goal_branch(goal) for goal in goals]
    return [branch for branch in branches if branch is not None]


class _Tree:
    """Cuts the records of one strategy down to what is wanted; indicators are read once for all."""

    def __init__(self, strategy: Strategy, user, wanted: TreeFilter):
        self.strategy, self.wanted = strategy, wanted
        self.indicators: dict[Model, list[Model]] = defaultdict(list)
        indicators = strategy.indicators.visible_to(user)
        for indicator in indicators.select_related("goal", "objective").listed():
            self.indicators[indicator.parent].append(indicator)

    def bring_progress(self, goals: list[Goal]) -> None:
        objectives = [objective for goal in goals for objective in goal.objectives.all()]
        measures = [measure for objective in objectives for measure in objective.measures.all()]
        indicators = [indicator for own in self.indicators.values() for indicator in own]
        bring_progress(self.strategy, [*goals, *objectives, *measures, *indicators])

    def goal_branch(self, goal: Goal) -> Branch | None:
        children = [self.objective_branch(goal, o) for o in goal.objectives.all()]
        children = [child for child in children if child is not None]
        if children or self.answers_itself(goal):
            return Branch(goal, children, self.indicators[goal])
        return None

    def objective_branch(self, goal: Goal, objective: Objective) -> Branch | None:
        measures = [
            Branch(measure, indicators=self.indicators[measure])
            for measure in objective.measures.all()
            if self.accepts_measure(goal, objective, measure)
        ]
        if measures or self.answers_itself(objective, goal):
            return Branch(objective, measures, self.indicators[objective])
        return None

    def answers_itself(self, record: Goal | Objective, *above: Goal) -> bool:
        """Say whether a level stays by its own words; nobody is responsible for a whole level."""
        return (
            not self.wanted.organisation
            and self.wanted.accepts_status(record, *above)
            and self.wanted.accepts_text(record.code, record.title, *self.names_below(record))
        )

    def accepts_measure(self, goal: Goal, objective: Objective, measure: Measure) -> bool:
        words = (measure.code, measure.title, measure.description, *self.names_below(measure))
        return (
            self.wanted.accepts_status(measure, objective, goal)
            and self.wanted.accepts_organisation(measure)
            and self.wanted.accepts_text(*words)
        )

    def names_below(self, record: Model) -> list[str]:
        return [indicator.name for indicator in self.indicators[record]]


def filter_choices(strategy: Strategy, user) -> dict[str, list]:
    """Return what the filters of the tree page offer."""
    measures = strategy.measures.visible_to(user)
    return {
        "statuses": PublishedState.choices,
        "organisations": list(Organisation.objects.filter(measures__in=measures).distinct()),
    }


def count_below(branches: list[Branch]) -> dict[str, int]:
    """Count what a tree holds: goals, objectives, measures and indicators."""
    objectives = [child for branch in branches for child in branch.children]
    measures = [child for objective in objectives for child in objective.children]
    holders = branches + objectives + measures
    return {
        "goals": len(branches),
        "objectives": len(objectives),
        "measures": len(measures),
        "indicators": sum(len(holder.indicators) for holder in holders),
    }
