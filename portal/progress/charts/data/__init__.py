"""From the database to figures: a subject's charts as of a moment, in the active language."""

from django.db.models import Model

from portal.common.moment import Moment

from ..figures import Figure
from .goal import goal_figures
from .indicator import indicator_figures
from .project import project_figures
from .strategy import strategy_figures

FIGURES = {
    "indicator": indicator_figures,
    "project": project_figures,
    "goal": goal_figures,
    "strategy": strategy_figures,
}


def figures_of(record: Model, moment: Moment) -> list[Figure]:
    """Return all charts of a record, the main one first; a fixed number of queries."""
    return FIGURES[record._meta.model_name](record, moment)


def figure_in_page(record: Model, moment: Moment) -> Figure:
    """Return the main chart with as few queries as possible; that of an indicator says nothing."""
    if record._meta.model_name == "indicator":
        return indicator_figures(record, moment, in_page=True)[0]
    return figures_of(record, moment)[0]
