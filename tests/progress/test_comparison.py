"""What differs between the ends of two days, each thing once and each kind apart."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.models import FormerObservation, Observation, Override
from portal.common.moment import end_of_day
from portal.common.services import delete_record, save_record
from portal.common.states import Publication
from portal.progress import value_changes
from portal.progress.comparison import Comparison
from portal.progress.value_changes import KINDS
from tests import factories as make

from .scenery import assess, moved

pytestmark = pytest.mark.django_db

JUNE = "/en/progress/brief/?from=2026-06-01&to=2026-06-30"
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


def latest(comparison) -> dict[str, list[tuple]]:
    """What a page shows of the changes of values, by kind; a file has the same ones."""
    found = comparison.values.latest
    in_file = list(comparison.values)
    for kind, shown in found.items():
        assert shown.count == len(shown.rows)
        assert shown.rows == [change for change in in_file if change.kind == kind]
    return {kind: told(shown.rows) for kind, shown in found.items() if shown.count}


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

    assert latest(june(indicator)) == {
        "new_value": [(None, 3)],
        "correction": [(1, 2)],
        "withdrawal": [(4, None)],
    }


def test_what_was_known_at_the_end_of_the_first_day_is_not_new(indicator):
    save(indicator, "2022", 1, end_of_day(START))
    save(indicator, "2023", 2, end_of_day(END))

    assert latest(june(indicator)) == {"new_value": [(None, 2)]}


def test_what_is_corrected_later_was_new_then(indicator):
    save(indicator, "2022", 1, DURING)
    save(indicator, "2022", 2, AFTER)

    assert latest(june(indicator)) == {"new_value": [(None, 1)]}


def test_tells_each_of_two_corrections(indicator):
    save(indicator, "2022", 1, BEFORE)
    save(indicator, "2022", 2, DURING)
    save(indicator, "2022", 3, LATER)

    assert latest(june(indicator)) == {"correction": [(2, 3), (1, 2)]}


def test_a_value_moved_to_another_period_leaves_the_first(indicator):
    observation = save(indicator, "2022", 1, BEFORE)
    observation.period = "2023"
    save_record(record=observation, by=None, at=DURING)

    found = june(indicator).values.latest
    periods = {kind: [change.known.period for change in found[kind].rows] for kind in found}
    assert periods == {"new_value": ["2023"], "correction": [], "withdrawal": ["2022"]}


def fill(indicator) -> None:
    """Five new values, five corrections (two of them corrected again later), five withdrawals."""
    for number in range(5):
        hours = timedelta(hours=number)
        at = LATER + hours
        save(indicator, f"{2000 + number}", number, DURING + hours)
        save(indicator, f"{2010 + number}", number, BEFORE)
        save(indicator, f"{2010 + number}", number + 0.5, at)
        gone = save(indicator, f"{2020 + number}", number, BEFORE)
        delete_record(record=gone, by=None, at=at)
    for period in ("2013", "2014"):
        save(indicator, period, 9, AFTER)


def test_shows_the_latest_and_counts_them_all(indicator, monkeypatch):
    monkeypatch.setattr(value_changes, "MOST_ROWS", 3)
    fill(indicator)

    found = june(indicator).values.latest

    assert {kind: shown.count for kind, shown in found.items()} == dict.fromkeys(KINDS, 5)
    assert {kind: told(shown.rows) for kind, shown in found.items()} == {
        "new_value": [(None, 4), (None, 3), (None, 2)],
        "correction": [(4, 4.5), (3, 3.5), (2, 2.5)],
        "withdrawal": [(4, None), (3, None), (2, None)],
    }


def test_reads_no_more_values_than_a_page_shows(client, indicator, monkeypatch):
    monkeypatch.setattr(value_changes, "MOST_ROWS", 1)
    fill(indicator)
    read = loaded(monkeypatch, Observation, FormerObservation)

    client.get(JUNE)

    # At most one with and one without its other half in each of three queries.
    assert 0 < len(read) <= 6


def test_a_file_has_all_values_and_reads_them_one_by_one(client, indicator, monkeypatch):
    monkeypatch.setattr(value_changes, "MOST_ROWS", 1)
    fill(indicator)
    read = loaded(monkeypatch, Observation, FormerObservation)

    answer = client.get(f"{JUNE}&format=csv")
    assert not read
    kinds = Counter(line.split(",")[0] for line in b"".join(answer).decode().splitlines()[1:])

    assert kinds == dict.fromkeys(KINDS, 5)


def loaded(monkeypatch, *models) -> list:
    """Collect the rows of some models that are read from the database from now on."""
    rows = []
    for model in models:
        read = model.from_db.__func__

        def collect(cls, *args, read=read):
            rows.append(read(cls, *args))
            return rows[-1]

        monkeypatch.setattr(model, "from_db", classmethod(collect))
    return rows


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
