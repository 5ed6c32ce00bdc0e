"""What differs between the ends of two days, each thing once and each kind apart."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.common.moment import end_of_day
from portal.common.services import delete_record, save_record
from portal.common.states import Publication
from portal.progress.comparison import Comparison
from tests import factories as make

from .scenery import assess, moved

pytestmark = pytest.mark.django_db

START, END = date(2026, 6, 1), date(2026, 6, 30)
BEFORE, DURING, LATER, AFTER = (
    datetime(2026, 5, 15, 12, tzinfo=UTC),
    datetime(2026, 6, 10, 12, tzinfo=UTC),
    datetime(2026, 6, 20, 12, tzinfo=UTC),
    datetime(2026, 7, 10, 12, tzinfo=UTC),
)


@pytest.fixture
def indicator():
    return make.IndicatorFactory()


def june(record, start=START, end=END) -> Comparison:
    return Comparison(record.strategy, start, end)


def told(rows) -> list[tuple]:
    return [(row.before and row.before.value, row.after and row.after.value) for row in rows]


def test_tells_whose_state_moved_and_whose_did_not(indicator):
    moved(indicator, "on_track", "behind", DURING)
    assess(indicator.measure, "at_risk", since=BEFORE)
    moved(indicator.measure.objective, "on_track", "behind", AFTER)

    found = june(indicator)

    assert {level: told(rows) for level, rows in found.moved.items()} == {
        "indicator": [("on_track", "behind")]
    }
    assert found.begun == {}


def test_there_and_back_is_no_change(indicator):
    assess(indicator, "on_track", since=BEFORE, until=DURING)
    assess(indicator, "behind", since=DURING, until=LATER)
    assess(indicator, "on_track", since=LATER)

    assert june(indicator).moved == {}


def test_tells_first_assessments_apart(indicator):
    assess(indicator, "no_data", since=DURING)

    found = june(indicator)

    assert told(found.begun["indicator"]) == [(None, "no_data")]
    assert found.moved == {}


@pytest.mark.parametrize(
    ("moment", "counted"),
    [
        # Summer time: the first of June ends at 22:00 in Greenwich.
        (datetime(2026, 6, 1, 21, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 1, 22, 0, 0, tzinfo=UTC), True),
        (datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 6, 30, 22, 0, 0, tzinfo=UTC), False),
    ],
)
def test_compares_the_ends_of_the_days(indicator, moment, counted):
    moved(indicator, "on_track", "behind", moment)

    assert bool(june(indicator).moved) == counted


def test_the_same_day_twice_shows_nothing(indicator):
    moved(indicator, "on_track", "behind", datetime(2026, 6, 1, 12, tzinfo=UTC))

    assert june(indicator, START, START).moved == {}


def save(indicator, period, value, at):
    observation = indicator.observations.filter(period=period).first()
    observation = observation or make.ObservationFactory.build(indicator=indicator, period=period)
    observation.value = value
    save_record(record=observation, by=None, at=at)
    return observation


def test_parts_new_values_from_corrections_and_withdrawals(indicator):
    save(indicator, "2022", 1, BEFORE)
    save(indicator, "2022", 2, DURING)
    save(indicator, "2023", 3, DURING)
    gone = save(indicator, "2024", 4, BEFORE)
    delete_record(record=gone, by=None, at=LATER)

    found = june(indicator)

    assert told(found.new_values) == [(None, 3)]
    assert told(found.corrections) == [(1, 2)]
    assert told(found.withdrawals) == [(4, None)]


def test_what_was_known_at_the_end_of_the_first_day_is_not_new(indicator):
    save(indicator, "2022", 1, end_of_day(START))
    save(indicator, "2023", 2, end_of_day(END))

    assert told(june(indicator).new_values) == [(None, 2)]


def test_what_is_corrected_later_was_new_then(indicator):
    save(indicator, "2022", 1, DURING)
    save(indicator, "2022", 2, AFTER)

    found = june(indicator)

    assert told(found.new_values) == [(None, 1)]
    assert found.corrections == found.withdrawals == []


def test_tells_each_of_two_corrections(indicator):
    save(indicator, "2022", 1, BEFORE)
    save(indicator, "2022", 2, DURING)
    save(indicator, "2022", 3, LATER)

    assert told(june(indicator).corrections) == [(2, 3), (1, 2)]


def test_a_value_moved_to_another_period_leaves_the_first(indicator):
    observation = save(indicator, "2022", 1, BEFORE)
    observation.period = "2023"
    save_record(record=observation, by=None, at=DURING)

    found = june(indicator)

    assert [value.period for value in found.new_values] == ["2023"]
    assert [value.period for value in found.withdrawals] == ["2022"]


def test_tells_reports_that_became_public(indicator):
    report, scheduled, draft = make.ProgressReportFactory.build_batch(
        3, measure=indicator.measure, publication=Publication.DRAFT
    )
    for record in (report, draft):
        save_record(record=record, by=None, at=BEFORE)
    report.publication = Publication.PUBLISHED
    save_record(record=report, by=None, at=DURING)
    scheduled.publication, scheduled.publish_at = Publication.SCHEDULED, LATER
    save_record(record=scheduled, by=None, at=BEFORE)

    assert {found.pk for found in june(indicator).reports} == {report.pk, scheduled.pk}


def test_tells_states_set_and_ended_by_a_person(indicator):
    during = {"starts_on": date(2026, 6, 10), "expires_on": date(2026, 6, 20)}
    both = make.OverrideFactory(indicator=indicator, **during)
    make.OverrideFactory(
        indicator=indicator, **during, withdrawn_at=datetime(2026, 6, 10, tzinfo=UTC)
    )
    make.OverrideFactory(indicator=make.IndicatorFactory(draft=True), **during)
    last = make.OverrideFactory(indicator=indicator, starts_on=date(2026, 5, 1), expires_on=END)
    withdrawn = make.OverrideFactory(
        indicator=indicator, starts_on=date(2026, 5, 1), withdrawn_at=DURING
    )

    found = june(indicator)

    assert found.overrides_set == [both]
    assert dict(found.overrides_ended) == {both: date(2026, 6, 20), withdrawn: date(2026, 6, 9)}
    assert last not in dict(found.overrides_ended)


def test_tells_changes_of_money(indicator):
    line = make.BudgetLineFactory.build(project=None, measure=indicator.measure, planned=100)
    save_record(record=line, by=None, at=BEFORE)
    line.planned, line.spent = 150, 20
    save_record(record=line, by=None, at=DURING)
    line.planned = 999
    save_record(record=line, by=None, at=AFTER)

    changes = june(indicator).money

    assert [(c.column, c.before, c.after) for c in changes] == [
        ("planned", 100, 150),
        ("spent", None, 20),
    ]


def test_shows_all_of_it_on_a_page_and_in_a_file(client, indicator):
    moved(indicator, "on_track", "behind", DURING)
    save(indicator, "2022", 1, BEFORE)
    save(indicator, "2022", 2, DURING)
    make.OverrideFactory(indicator=indicator, starts_on=date(2026, 6, 10))

    page = client.get("/en/progress/brief/?from=2026-06-01&to=2026-06-30").content.decode()
    file = client.get("/en/progress/brief/?from=2026-06-01&to=2026-06-30&format=csv")

    assert "on=2026-06-01" in page
    assert "on=2026-06-30" in page
    kinds = [line.split(",")[0] for line in b"".join(file).decode().splitlines()[1:]]
    assert kinds == ["moved", "correction", "override_set"]


@pytest.mark.parametrize(
    "query",
    [
        *("from=2026-02-31", "from=31.2.2026", "to=2026-13-01", "to=9999-12-31", "from=x&to=y"),
        *("from=2026-06-30&to=2026-06-01", "from=20260601", "to=2026-W01-1", "from=-001-01-01"),
    ],
)
def test_refuses_days_that_cannot_be_compared(client, indicator, query):
    answer = client.get(f"/en/progress/brief/?{query}")

    assert answer.status_code == 400
    assert b"<h1" in answer.content


@pytest.mark.parametrize("query", ["", "from=0001-01-01&to=0001-01-01", "to=0001-01-05"])
def test_any_day_of_the_calendar_is_answered(client, indicator, query):
    assert client.get(f"/en/progress/brief/?{query}").status_code == 200


def test_says_when_nothing_had_been_assessed_yet(client, indicator):
    assess(indicator, "on_track", since=DURING)

    page = client.get("/en/progress/brief/?from=2026-06-01&to=2026-06-30").content.decode()

    assert 'datetime="2026-06-10"' in page


def test_shows_the_last_thirty_days_unless_asked(client, indicator):
    page = client.get("/en/progress/brief/").content.decode()

    today = timezone.localdate()
    for day in (today, today - timedelta(days=30)):
        assert f'datetime="{day.isoformat()}"' in page


def test_asks_as_often_for_many_changes_as_for_few(client, indicator):
    moved(indicator, "on_track", "behind", DURING)
    few = count_queries(client)
    for other in make.IndicatorFactory.create_batch(10):
        moved(other, "on_track", "behind", DURING)
        moved(other.measure, "on_track", "behind", DURING)
        save(other, "2022", 1, DURING)
        make.OverrideFactory(indicator=other, starts_on=date(2026, 6, 10))
        line = make.BudgetLineFactory.build(project=None, measure=other.measure)
        save_record(record=line, by=None, at=DURING)
        report = make.ProgressReportFactory.build(measure=other.measure)
        save_record(record=report, by=None, at=DURING)

    many = count_queries(client)

    assert many <= 15
    assert many - few <= 1  # the measures whose money changed


def count_queries(client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/en/progress/brief/?from=2026-06-01&to=2026-06-30").status_code == 200
    return len(asked)
