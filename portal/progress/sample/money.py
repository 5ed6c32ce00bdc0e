"""Invented money of measures and projects: two sources, some amounts unknown. Whole cents."""

from collections.abc import Iterator

from measures.models import BudgetLine, Measure, Project

from .cast import write
from .stage import Act, Stage
from .texts import MONEY

EUROS = 100


def budget_acts(stage: Stage, measures: list[Measure], projects: list[Project]) -> Iterator[Act]:
    """Three years around today for two of three measures and every project."""
    subjects = [{"measure": m} for n, m in enumerate(measures) if n % 3 != 2]
    subjects += [{"project": project} for project in projects]
    for number, subject in enumerate(subjects):
        for line in _lines(stage.today.year, number, subject):
            yield Act(stage.after_start(5 + number), lambda at, line=line: write(line, at))


def _lines(year: int, number: int, subject: dict) -> Iterator[BudgetLine]:
    amount = (12_500 + 3_700 * (number % 7)) * EUROS
    own, european = MONEY
    yield BudgetLine(
        **subject,
        year=year - 1,
        source=own,
        planned=amount,
        committed=amount,
        spent=amount * 93 // 100 + 7,
    )
    yield BudgetLine(
        **subject,
        year=year,
        source=own,
        planned=amount * 2,
        committed=amount + amount // 2,
        spent=amount if number % 4 else None,  # not yet known
    )
    if number % 2 == 0:
        yield BudgetLine(
            **subject, year=year, source=european, planned=amount // 3, committed=None, spent=None
        )
    if number % 5 == 0:
        yield BudgetLine(**subject, year=year + 1, source=own, planned=None)
