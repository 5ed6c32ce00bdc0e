from .goal import Commitment, Goal, GoalSlug
from .objective import Fact, Objective, ObjectiveSlug
from .preparation import PreparationEvent, StrategyItem
from .strategy import Amendment, Strategy

__all__ = [
    "Amendment",
    "Commitment",
    "Fact",
    "Goal",
    "GoalSlug",
    "Objective",
    "ObjectiveSlug",
    "PreparationEvent",
    "Strategy",
    "StrategyItem",
]
