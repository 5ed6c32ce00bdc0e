"""A strategy in which something of every kind is overdue, without an owner, or has changed."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from portal.common.states import ProgressState
from tests import factories as make

LONG_AGO = datetime(2026, 1, 15, 12, tzinfo=UTC)
STATES = list(ProgressState)


def assess(record, state, since=LONG_AGO, until=None, **more):
    return make.AssessmentFactory(
        subject=record, state=state, valid_from=since, valid_to=until, **more
    )


def moved(record, before, after, at):
    """``record`` was ``before`` until the moment ``at`` and is ``after`` from then on."""
    assess(record, before, until=at)
    return assess(record, after, since=at)


def build(measures: int = 9):
    """Two goals of two objectives; measures of all states, some without an owner, some changed.

    Indicators stand below each measure, and one below a goal; every third has a deadline that has
    passed and no data. A draft of each level is not to be seen anywhere.
    """
    strategy = make.StrategyFactory()
    assess(strategy, "at_risk")
    offices = [make.OrganisationFactory(code=code) for code in ("A", "B")]
    objectives = []
    for code in ("1", "2"):
        goal = make.GoalFactory(strategy=strategy, code=code)
        assess(goal, "on_track")
        objectives += [make.ObjectiveFactory(goal=goal, code=f"{code}.{n}") for n in (1, 2)]
    for objective in objectives:
        assess(objective, "behind")
    for number in range(measures):
        add_measure(objectives[number % 4], number, [*offices, None][number % 3])
    own = make.IndicatorFactory(measure=None, goal=objectives[0].goal, code="G1", organisation=None)
    assess(own, "no_data")
    assess(make.MeasureFactory(draft=True, objective=objectives[0]), "behind")
    return strategy


def add_measure(objective, number, office):
    measure = make.MeasureFactory(
        objective=objective, organisation=office, code=f"{objective.code}.{number + 1}"
    )
    indicator = make.IndicatorFactory(measure=measure, code=f"K{number}")
    yesterday = timezone.now() - timedelta(days=1)
    state = STATES[number % 9]
    if number % 4 == 1:
        moved(measure, "achieved", state, yesterday)
        moved(indicator, "achieved", state, yesterday)
    else:
        assess(measure, state)
        assess(indicator, state)
    if number % 3 == 0:
        make.TargetFactory(indicator=indicator, by="2025")
        make.ObservationFactory(indicator=indicator, period="2024")
    if number % 2 == 0:
        type(measure).objects.filter(pk=measure.pk).update(
            update_rhythm="monthly", created_at=LONG_AGO
        )
    make.BudgetLineFactory(project=None, measure=measure, year=2026, planned=100_050 + number)
    make.BudgetLineFactory(
        project=make.ProjectFactory(strategy=objective.strategy, measures=[measure]),
        year=2025,
        planned=None if number % 2 else 7,
    )


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
