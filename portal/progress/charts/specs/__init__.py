"""Figures as Vega-Lite specifications: pure functions of a figure, a size and the active language.

Places are computed here and written out, so that no label depends on what a renderer guesses.
"""

from ..figures import Figure
from ..theme import Size
from .calendar import calendar_spec
from .course import course_spec
from .milestones import milestones_spec
from .mosaic import mosaic_spec
from .periods import periods_spec
from .sparkline import sparkline_spec
from .timeline import timeline_spec

SPECS = {
    "calendar": calendar_spec,
    "course": course_spec,
    "milestones": milestones_spec,
    "mosaic": mosaic_spec,
    "periods": periods_spec,
    "sparkline": sparkline_spec,
    "timeline": timeline_spec,
}


def spec_of(figure: Figure, size: Size) -> dict:
    """Return what to draw for a figure at a size."""
    return SPECS[figure.kind](figure, size)
