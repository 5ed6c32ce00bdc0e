"""The chart of a goal: the states of all that stands below it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import FilteredRelation, Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.models import Goal
from indicators.models import Indicator
from measures.models import Measure
from portal.common.languages import active_language
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
    """Read what stands below a goal; two queries, and no text but titles."""
    measures = _tiles(Measure, "title", Q(objective__goal=goal), moment)
    indicators = _tiles(Indicator, "name", Q(goal=goal) | Q(objective__goal=goal), moment)
    tiles: dict[tuple, list[Tile]] = defaultdict(list)
    for *objective, tile in [*measures, *indicators]:
        tiles[tuple(objective)].append(tile)
    own = (goal.code, goal.title or "")
    return tuple(
        TileGroup(*((code, title or "") if code else own), tuple(below))
        for (_order, code, title), below in sorted(tiles.items(), key=lambda item: item[0][0])
    )


def _tiles(model: type[Model], name: str, below: Q, moment: Moment) -> Iterator[tuple]:
    """Yield order, code and title of the objective (empty: the goal's own) and the tile."""
    language = active_language()
    title, objective = f"{name}_{language}", f"objective__title_{language}"
    records = model.objects.public().filter(below).annotate(shown=_in_force(model, moment))
    place = ("objective__code_sort", "objective__code", objective)
    shown = ("shown__state", "shown__is_sample")
    for order, code, above, *own in records.values_list(*place, "code", title, *shown):
        yield order or "", code or "", above, _tile(*own)


def _in_force(model: type[Model], moment: Moment) -> FilteredRelation:
    """Join the assessment in force at a moment, or none."""
    known = Q(assessments__level=model._meta.model_name)
    if not moment.is_past:
        return FilteredRelation("assessments", condition=known & Q(assessments__valid_to=None))
    open_then = Q(assessments__valid_to=None) | Q(assessments__valid_to__gt=moment.at)
    begun = Q(assessments__valid_from__lte=moment.at)
    return FilteredRelation("assessments", condition=known & begun & open_then)


def _tile(code: str, title: str | None, state: str | None, is_sample: bool | None) -> Tile:
    return Tile(code, title or "", state or ProgressState.NO_DATA.value, bool(is_sample))


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
