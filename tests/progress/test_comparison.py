"""What differs between the ends of two days, each thing once and each kind apart."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.models import Override
from portal.common.services import delete_record, save_record
from portal.common.states import Publication
from tests import factories as make

from .june import AFTER, BEFORE, DURING, END, JUNE, LATER, START, june, loaded, save, told
from .scenery import assess, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator():
    return make.IndicatorFactory()


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


def test_looks_at_no_state_that_neither_began_nor_ended(indicator, monkeypatch):
    long_ago = {"starts_on": date(2026, 1, 1)}
    make.OverrideFactory(indicator=indicator, **long_ago, expires_on=date(2026, 5, 31))
    make.OverrideFactory(indicator=indicator, **long_ago, withdrawn_at=BEFORE)
    make.OverrideFactory(indicator=indicator, **long_ago)
    make.OverrideFactory(indicator=indicator, **long_ago, withdrawn_at=AFTER)
    make.OverrideFactory(indicator=indicator, starts_on=date(2026, 7, 1))
    read = loaded(monkeypatch, Override)

    found = june(indicator)

    assert found.overrides_set == found.overrides_ended == []
    assert not read


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


def test_tells_no_money_of_drafts_and_other_strategies(indicator):
    draft = make.MeasureFactory(draft=True, objective=indicator.measure.objective)
    elsewhere = make.MeasureFactory(
        objective__goal__strategy=make.StrategyFactory(code="X", is_current=False)
    )
    for owner in (
        {"project": None, "measure": draft},
        {"project": None, "measure": elsewhere},
        {"project": make.ProjectFactory(draft=True)},
    ):
        kept, gone = make.BudgetLineFactory.build_batch(2, **owner)
        for line in (kept, gone):
            save_record(record=line, by=None, at=BEFORE)
        kept.planned = 5
        save_record(record=kept, by=None, at=DURING)
        delete_record(record=gone, by=None, at=DURING)

    assert june(indicator).money == []


def test_a_deleted_line_of_the_sample_stays_marked(indicator):
    line = make.BudgetLineFactory.build(project=None, measure=indicator.measure, is_sample=True)
    save_record(record=line, by=None, at=BEFORE)
    delete_record(record=line, by=None, at=DURING)

    assert {change.line.is_sample for change in june(indicator).money} == {True}


def test_shows_all_of_it_on_a_page_and_in_a_file(client, indicator):
    moved(indicator, "on_track", "behind", DURING)
    save(indicator, "2022", 1, BEFORE)
    save(indicator, "2022", 2, DURING)
    make.OverrideFactory(indicator=indicator, starts_on=date(2026, 6, 10))

    page = client.get(JUNE).content.decode()
    file = client.get(f"{JUNE}&format=csv")

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

    page = client.get(JUNE).content.decode()

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
        assert client.get(JUNE).status_code == 200
    return len(asked)
