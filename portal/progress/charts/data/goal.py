"""The chart of a goal: the states of all that stands below it."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.models import Goal
from indicators.models import Indicator
from measures.models import Measure
from portal.common.moment import Moment
from portal.common.states import ProgressState

from ..figures import Figure, Mosaic, Row, Table, Tile, TileGroup


def goal_figures(record: Goal, moment: Moment) -> list[Figure]:
    """Measures, and indicators that hang on the goal or an objective themselves."""
    groups = _groups(record, moment)
    tiles = [tile for group in groups for tile in group.tiles]
    return [
        Mosaic(
            title=f"{record.code} {record.title or ''}",
            finding=mosaic_finding(tiles),
            table=_table(tiles),
            today=moment.day,
            is_sample=any(tile.is_sample for tile in tiles),
            groups=groups,
        )
    ]


def _groups(goal: Goal, moment: Moment) -> tuple[TileGroup, ...]:
    objectives = list(goal.objectives.public())
    below = defaultdict(list)
    for measure in _public(Measure, moment).filter(objective__in=objectives):
        below[measure.objective_id].append(_tile(measure, measure.title))
    for indicator in _public(Indicator, moment).filter(objective__in=objectives):
        below[indicator.objective_id].append(_tile(indicator, indicator.name))
    own = [_tile(i, i.name) for i in _public(Indicator, moment).filter(goal=goal)]
    groups = [TileGroup(goal.code, goal.title or "", tuple(own))] if own else []
    groups += [TileGroup(o.code, o.title or "", tuple(below[o.pk])) for o in objectives]
    return tuple(groups)


def _public(model: type[Model], moment: Moment):
    return model.objects.public().with_progress(moment.at)


def _tile(record: Model, title: str | None) -> Tile:
    shown = record.progress
    return Tile(
        code=record.code,
        title=title or "",
        state=shown.state if shown else ProgressState.NO_DATA.value,
        is_sample=bool(shown and shown.is_sample),
    )


def _table(tiles: Iterable[Tile]) -> Table:
    columns = (_("Code"), _("Measure or indicator"), _("Status"))
    rows = [
        Row((tile.code, tile.title, str(ProgressState(tile.state).label)), tile.is_sample)
        for tile in tiles
    ]
    return Table(columns, tuple(rows))


def mosaic_finding(tiles: Iterable[Tile]) -> str:
    """Say how many there are, and how many in each state."""
    counts = Counter(tile.state for tile in tiles)
    total = counts.total()
    if not total:
        return _("No measures have been published.")
    sentence = ngettext("%(count)s promise: %(states)s.", "%(count)s promises: %(states)s.", total)
    states = [f"{state.label} {counts[state]}" for state in ProgressState if counts[state]]
    return sentence % {"count": total, "states": ", ".join(states)}
