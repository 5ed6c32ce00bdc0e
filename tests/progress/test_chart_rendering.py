"""Charts follow their data: drawn once, again with news, gone with what they show."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.common.moment import Moment, end_of_day
from portal.common.states import ProgressState, Publication
from portal.progress.charts.data import figures_of
from portal.progress.charts.files import file_name
from portal.progress.charts.render import drawings_of, render_charts
from portal.progress.charts.subjects import key_of
from portal.progress.models import Chart
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def kinds(record) -> set[tuple[str, str, str]]:
    rows = Chart.objects.filter(subject=key_of(record))
    return set(rows.values_list("kind", "language", "size"))


def files() -> set[str]:
    return set(default_storage.listdir("charts")[1]) if default_storage.exists("charts") else set()


def test_draws_each_kind_size_and_language_once(charted):
    assert render_charts([key_of(charted)]) == 6
    assert kinds(charted) == {
        *(("course", language, size) for language in ("sl", "en") for size in ("wide", "narrow")),
        *(("sparkline", language, "narrow") for language in ("sl", "en")),
    }
    assert render_charts([key_of(charted)]) == 0


def test_draws_a_real_picture_and_its_files(db):
    project = make.MilestoneFactory(title_sl="Čšž").project

    render_charts([key_of(project)])

    chart = Chart.objects.get(subject=key_of(project), language="sl", size="wide")
    assert "Čšž" in chart.svg
    with default_storage.open(file_name(chart.digest, "png")) as png:
        assert png.read(8) == b"\x89PNG\r\n\x1a\n"


def test_draws_anew_what_has_news(charted, django_capture_on_commit_callbacks):
    render_charts([key_of(charted)])
    before = files()
    make.ObservationFactory(indicator=charted, period="2026-06", value=70, provisional=True)

    with django_capture_on_commit_callbacks(execute=True):
        assert render_charts([key_of(charted)]) == 6

    assert len(files()) == len(before) == 4
    assert not files() & before


def test_draws_anew_with_the_month_not_with_the_day(charted):
    def at(*day):
        return datetime(*day, 12, tzinfo=UTC)

    render_charts([key_of(charted)], at(2026, 11, 3))

    assert render_charts([key_of(charted)], at(2026, 11, 30)) == 0
    assert render_charts([key_of(charted)], at(2026, 12, 1)) == 4


@pytest.mark.parametrize("which", ["indicator", "measure", "goal", "strategy"])
def test_draws_nothing_that_is_hidden(charted, which, django_capture_on_commit_callbacks):
    render_charts([key_of(charted)])
    records = {
        "indicator": charted,
        "measure": charted.measure,
        "goal": charted.goal_above,
        "strategy": charted.strategy,
    }
    records[which].publication = Publication.DRAFT
    records[which].save()

    with django_capture_on_commit_callbacks(execute=True):
        render_charts([key_of(charted)])

    assert not kinds(charted)
    assert not files()


@pytest.mark.parametrize("level", ["goal", "project", "measure"])
def test_shows_no_draft_in_the_picture_of_what_is_public(quick, level):
    make.MeasureFactory(draft=True, title_en="Secret measure", code="9.9.9")
    make.ProjectFactory(draft=True, title_en="Secret project")
    goal = make.GoalFactory()
    make.MeasureFactory(objective=make.ObjectiveFactory(goal=goal, draft=True), code="8.8.8")

    drawn = [
        *drawings_of(key_of(goal), timezone.now()),
        *drawings_of(key_of(goal.strategy), timezone.now()),
    ]

    text = repr([drawing.spec for drawing in drawn])
    assert not [word for word in ("Secret", "9.9.9", "8.8.8") if word in text]


@pytest.mark.parametrize("key", ["measure:1", "goal:999", "nonsense", "goal:x", "goal:", ":"])
def test_ignores_what_has_no_chart(quick, key):
    assert render_charts([key]) == 0


def test_marks_charts_of_sample_data(charted):
    charted.observations.update(is_sample=True)

    render_charts([key_of(charted)])

    assert set(Chart.objects.values_list("is_sample", flat=True)) == {True}


def test_marks_a_project_of_an_invented_office_in_the_timeline(quick):
    office = make.OrganisationFactory(is_sample=True)
    project = make.ProjectFactory(organisation=office, start="2025", end="2026")

    (timeline,) = figures_of(project.strategy, Moment(date(2026, 7, 1)))

    assert [span.is_sample for span in timeline.projects] == [True]


@pytest.mark.parametrize("state", ["no_data", "at_risk"])
def test_says_what_is_computed_and_then_what_a_person_has_set(charted, state):
    computed = next(drawings_of(key_of(charted), timezone.now())).figure.finding
    make.AssessmentFactory(subject=charted, state=state, computed_state="behind")

    found = next(drawings_of(key_of(charted), timezone.now())).figure.finding

    label = ProgressState(state).label
    assert found == f"{computed} Ročno določeno stanje: {label}."


def test_says_one_state_where_nobody_has_set_another(charted):
    make.AssessmentFactory(subject=charted, state="behind")

    figure = next(drawings_of(key_of(charted), timezone.now())).figure

    assert "Ročno" not in figure.finding


def test_says_which_values_were_corrected_and_which_are_provisional(charted):
    make.FormerObservationFactory(
        indicator=charted,
        period="2024",
        recorded_at=datetime(2025, 1, 2, tzinfo=UTC),
        replaced_at=datetime(2025, 3, 2, tzinfo=UTC),
        outcome="corrected",
    )

    values = next(drawings_of(key_of(charted), timezone.now())).figure.values

    assert [(value.period, value.revised) for value in values] == [("2024", True), ("2025", False)]


def test_adds_up_what_counts_in_sum(charted):
    charted.accumulation = "sum"
    charted.save()

    figure = next(drawings_of(key_of(charted), timezone.now())).figure

    assert [value.value for value in figure.values] == [Decimal(40), Decimal(100)]


@pytest.mark.parametrize(
    ("kind", "target", "chart"),
    [
        ("count", {"per": "year", "by": ""}, "periods"),
        ("count", {"per": "organisation", "units": 9}, "course"),
        ("count", None, "course"),
        ("percentage", {"operator": "between", "value_high": 120}, "course"),
        ("recurring", {"per": "month", "by": ""}, "calendar"),
        ("recurring", {"per": "event", "by": ""}, "calendar"),
        ("binary", {}, "milestones"),
        ("milestone", {"operator": "words", "value": None}, "milestones"),
        ("milestone", None, "milestones"),
    ],
)
@pytest.mark.parametrize("direction", ["increase", "decrease", "keep"])
def test_chooses_the_chart_by_the_promise(quick, kind, target, chart, direction):
    indicator = make.IndicatorFactory(kind=kind, direction=direction)
    if target is not None:
        make.TargetFactory(indicator=indicator, **target)
    make.ExternalEventFactory(indicator=indicator, happened_on=date(2025, 3, 1))
    for period in ("2024", "2025-03"):
        make.ObservationFactory(indicator=indicator, period=period, value=1)

    render_charts([key_of(indicator)])

    drawn = {kind for kind, _language, _size in kinds(indicator)} - {"sparkline"}
    assert drawn <= {chart}
    assert drawn or target is None


def test_shows_a_goal_by_objective_as_it_was_at_a_moment(quick):
    objective = make.ObjectiveFactory(code="1.1")
    measure = make.MeasureFactory(objective=objective, code="1.1.1")
    make.IndicatorFactory(measure=None, goal=objective.goal, code="G1")
    until = datetime(2026, 6, 30, tzinfo=UTC)
    make.AssessmentFactory(subject=measure, state="behind", valid_to=until)
    make.AssessmentFactory(subject=measure, state="on_track", valid_from=until)

    def states(moment):
        (mosaic,) = figures_of(objective.goal, moment)
        return [[(t.code, t.state) for t in group.tiles] for group in mosaic.groups]

    day = date(2026, 6, 15)
    assert states(Moment(date(2026, 7, 1))) == [[("G1", "no_data")], [("1.1.1", "on_track")]]
    assert states(Moment(day, end_of_day(day))) == [[("G1", "no_data")], [("1.1.1", "behind")]]


def test_asks_as_often_for_thirty_records_as_for_one(quick):
    goal = make.GoalFactory()
    objective = make.ObjectiveFactory(goal=goal)

    def grow():
        make.IndicatorFactory(measure=make.MeasureFactory(objective=objective))
        make.IndicatorFactory(measure=None, objective=objective)
        make.MilestoneFactory()

    def queries():
        with CaptureQueriesContext(connection) as counted:
            for record in (goal, goal.strategy):
                list(drawings_of(key_of(record), timezone.now()))
        return len(counted)

    grow()
    few = queries()
    for _ in range(29):
        grow()

    assert queries() == few
