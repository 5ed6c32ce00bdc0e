"""What a chart shows: plain values in one language. Specs draw them, tables and files list them.

Days are whole and both ends belong to a period. Numbers are Decimals; None is unknown, never zero.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from indicators.calculations.types import Outcome


class Period(str):
    """A year, quarter, month or day as it is stored; pages write it in words."""

    __slots__ = ()


Cell = str | Decimal | date | None


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    is_sample: bool = False


@dataclass(frozen=True)
class Table:
    """The numbers behind a picture; the first column names the row."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """``finding`` says in a sentence what one sees; ``today`` is any day of the month to mark."""

    kind: ClassVar[str]

    title: str
    finding: str
    table: Table
    today: date
    is_sample: bool = False

    @property
    def is_worth_drawing(self) -> bool:
        """Say whether there is anything to see; the table tells the rest."""
        return True


@dataclass(frozen=True)
class Value:
    """A measured value; ``revised`` if another one was published before it."""

    period: str
    start: date
    end: date
    value: Decimal
    provisional: bool = False
    revised: bool = False
    is_sample: bool = False


@dataclass(frozen=True)
class Knot:
    """A point of the target path, reached at the end of ``day``."""

    day: date
    value: Decimal
    is_target: bool = True


@dataclass(frozen=True)
class Bounds:
    """Where values should stay; a missing side is open."""

    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Course(Figure):
    """A number on its way to its targets. ``begins`` and ``ends`` are days of the strategy."""

    kind = "course"

    unit: str
    values: tuple[Value, ...]
    path: tuple[Knot, ...] = ()
    bounds: Bounds | None = None
    begins: date | None = None
    ends: date | None = None

    @property
    def is_worth_drawing(self) -> bool:
        """A path or a course; one number alone is said better in words."""
        return len(self.path) > 1 or len(self.values) > 1 or bool(self.values and self.bounds)


@dataclass(frozen=True)
class Turn:
    """One period of a promise that returns."""

    label: str
    start: date
    end: date
    due_on: date
    outcome: Outcome
    value: Decimal | None = None
    provisional: bool = False
    revised: bool = False


@dataclass(frozen=True, kw_only=True)
class Periods(Figure):
    """A number for each period, held against the same target every time."""

    kind = "periods"

    unit: str
    turns: tuple[Turn, ...]
    bounds: Bounds

    @property
    def is_worth_drawing(self) -> bool:
        return bool(self.turns)


@dataclass(frozen=True, kw_only=True)
class Calendar(Figure):
    """What fell due when and what became of it. ``by_month`` arranges it in rows of a year."""

    kind = "calendar"

    turns: tuple[Turn, ...]
    by_month: bool = False

    @property
    def is_worth_drawing(self) -> bool:
        return bool(self.turns)


@dataclass(frozen=True)
class Event:
    """A step of a project: due by the end of ``due_on``, done on ``done_on``; None is unknown."""

    title: str
    due_on: date | None
    done_on: date | None = None
    is_sample: bool = False


@dataclass(frozen=True, kw_only=True)
class Milestones(Figure):
    """Steps in the order of their days, within ``begins`` and ``ends`` where those are known."""

    kind = "milestones"

    events: tuple[Event, ...]
    begins: date | None = None
    ends: date | None = None

    @property
    def is_worth_drawing(self) -> bool:
        return any(event.due_on or event.done_on for event in self.events)


@dataclass(frozen=True)
class Tile:
    """A promise and its state, one of the nine."""

    code: str
    title: str
    state: str
    is_sample: bool = False


@dataclass(frozen=True)
class TileGroup:
    code: str
    title: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, kw_only=True)
class Mosaic(Figure):
    """The states of all measures and indicators of a goal, by objective."""

    kind = "mosaic"

    groups: tuple[TileGroup, ...]

    @property
    def is_worth_drawing(self) -> bool:
        return any(group.tiles for group in self.groups)


@dataclass(frozen=True, kw_only=True)
class Sparkline(Figure):
    """The last values of an indicator, for a line in a list."""

    kind = "sparkline"

    values: tuple[Value, ...]

    @property
    def is_worth_drawing(self) -> bool:
        return len(self.values) > 1


@dataclass(frozen=True)
class Span:
    """A bar of the timeline with the days at which something is due; ``state`` of a measure."""

    title: str
    start: date
    end: date
    state: str = ""
    marks: tuple[Event, ...] = ()
    is_sample: bool = False


@dataclass(frozen=True, kw_only=True)
class Timeline(Figure):
    """Measures until their last target, projects from start to end, and their milestones."""

    kind = "timeline"

    measures: tuple[Span, ...]
    projects: tuple[Span, ...]

    @property
    def is_worth_drawing(self) -> bool:
        return bool(self.measures or self.projects)
