"""One figure of each kind, with every mark that it can show."""

from calendar import monthrange
from dataclasses import replace
from datetime import date
from decimal import Decimal

from indicators.calculations.types import Outcome
from portal.common.states import ProgressState
from portal.progress.charts.figures import (
    Bounds,
    Calendar,
    Course,
    Event,
    Knot,
    Milestones,
    Mosaic,
    Row,
    Span,
    Sparkline,
    Table,
    Tile,
    TileGroup,
    Timeline,
    Turn,
    Value,
)
from portal.progress.charts.figures import Periods as PeriodsFigure

TODAY = date(2026, 11, 25)
WORDS = {
    "title": "Prijave <na> razpise",
    "finding": "180 of 250 & more",
    "table": Table(("Period", "Value"), (Row(("2025", Decimal(180))),)),
    "today": TODAY,
}


def value(year, number, **marks):
    return Value(str(year), date(year, 1, 1), date(year, 12, 31), Decimal(number), **marks)


def turn(year, outcome, number=None, **marks):
    amount = None if number is None else Decimal(number)
    span = date(year, 1, 1), date(year, 12, 31), date(year + 1, 1, 30)
    return Turn(str(year), *span, Outcome(outcome), amount, **marks)


def month(number, outcome):
    first = date(2025 + number // 12, number % 12 + 1, 1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return Turn(f"{first:%Y-%m}", first, last, last, Outcome(outcome), Decimal(number % 3))


COURSE = Course(
    **WORDS,
    unit="prijava",
    values=(
        value(2023, "61.5"),
        value(2024, 110, revised=True),
        value(2025, 180, provisional=True),
    ),
    path=(Knot(date(2023, 1, 1), Decimal(0), False), Knot(date(2027, 12, 31), Decimal(250))),
)
PERIODS = PeriodsFigure(
    **WORDS,
    unit="prijava",
    turns=(
        turn(2023, "kept", 3),
        turn(2024, "missed", 2),
        turn(2025, "unknown"),
        turn(2026, "running", 1, provisional=True),
        turn(2027, "coming"),
    ),
    bounds=Bounds(Decimal(3), None),
)
CALENDAR = Calendar(**WORDS, turns=PERIODS.turns)
MILESTONES = Milestones(
    **WORDS,
    events=(
        Event("Razpis", date(2024, 6, 30), date(2024, 9, 12)),
        Event("Pogodba", date(2026, 6, 30)),
        Event("Predaja " * 40, date(2027, 6, 30)),
        Event("Vrednotenje", None),
    ),
)
MOSAIC = Mosaic(
    **WORDS,
    groups=(
        TileGroup(
            "1.1", "Upravljanje", tuple(Tile(f"1.1.{s}", "Ukrep", s) for s in ProgressState.values)
        ),
    ),
)
SPARKLINE = Sparkline(**WORDS, values=COURSE.values)
TIMELINE = Timeline(
    **WORDS,
    measures=(Span("1.1.1 Mreža", date(2023, 1, 1), date(2027, 12, 31), "on_track"),),
    projects=(Span("UDP", date(2024, 3, 1), date(2027, 6, 30), "", MILESTONES.events[:3]),),
)
MONTHLY = tuple(month(number, "kept" if number % 3 else "missed") for number in range(23))
FIGURES = {
    "course": COURSE,
    "course with limits": replace(COURSE, path=(), bounds=Bounds(Decimal(50), Decimal(200))),
    "course without values": replace(COURSE, values=()),
    "periods": PERIODS,
    "periods by month": replace(PERIODS, turns=MONTHLY * 3),
    "calendar": CALENDAR,
    "calendar by month": replace(CALENDAR, turns=MONTHLY, by_month=True),
    "milestones": MILESTONES,
    "mosaic": MOSAIC,
    "sparkline": SPARKLINE,
    "timeline": TIMELINE,
}
