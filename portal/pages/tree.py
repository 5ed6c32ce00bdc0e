"""The whole strategy at a glance, and the filters that cut it down."""

from dataclasses import dataclass, field

from django.db.models import Model

from goals.models import Goal, Objective, Strategy
from measures.models import Measure
from portal.accounts.models import Organisation
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
    wanted = wanted or TreeFilter()
    goals = strategy.goals.visible_to(user)
    goals = goals.with_visible(user, "objectives__measures__indicators")
    goals = goals.with_visible(user, "indicators")
    branches = [_goal_branch(goal, wanted) for goal in goals]
    return [branch for branch in branches if branch is not None]


def _goal_branch(goal: Goal, wanted: TreeFilter) -> Branch | None:
    children = [_objective_branch(goal, o, wanted) for o in goal.objectives.all()]
    children = [child for child in children if child is not None]
    own = wanted.accepts_text(goal.code, goal.title) and wanted.accepts_status(goal)
    if children or (own and not wanted.organisation):
        return Branch(goal, children, list(goal.indicators.all()))
    return None


def _objective_branch(goal: Goal, objective: Objective, wanted: TreeFilter) -> Branch | None:
    measures = [
        Branch(measure, indicators=list(measure.indicators.all()))
        for measure in objective.measures.all()
        if _accepts_measure(goal, objective, measure, wanted)
    ]
    own = wanted.accepts_text(objective.code, objective.title)
    own = own and wanted.accepts_status(objective, goal)
    if measures or (own and not wanted.organisation):
        return Branch(objective, measures)
    return None


def _accepts_measure(
    goal: Goal, objective: Objective, measure: Measure, wanted: TreeFilter
) -> bool:
    names = [indicator.name for indicator in measure.indicators.all()]
    return (
        wanted.accepts_status(measure, objective, goal)
        and wanted.accepts_organisation(measure)
        and wanted.accepts_text(measure.code, measure.title, measure.description, *names)
    )


def filter_choices(strategy: Strategy, user) -> dict[str, list[tuple[str, str]]]:
    """Return what the filters of the tree page offer."""
    measures = strategy.measures.visible_to(user)
    organisations = Organisation.objects.filter(measures__in=measures).distinct()
    return {
        "statuses": PublishedState.choices,
        "organisations": [(o.code, str(o)) for o in organisations],
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
