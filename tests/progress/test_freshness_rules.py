"""When an update is due and which reminder has come: arithmetic of days, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.progress.freshness.rules import (
    MONTHS,
    STAGES,
    Period,
    due_by_limit,
    due_period,
    reached_stage,
)

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
RHYTHMS = st.sampled_from(sorted(MONTHS))


@pytest.mark.parametrize(
    ("rhythm", "since", "start", "end"),
    [
        ("monthly", "2026-01-01", "2026-02-01", "2026-02-28"),
        ("monthly", "2026-01-31", "2026-02-01", "2026-02-28"),
        ("monthly", "2024-01-31", "2024-02-01", "2024-02-29"),
        ("monthly", "2000-01-15", "2000-02-01", "2000-02-29"),
        ("monthly", "2100-01-15", "2100-02-01", "2100-02-28"),
        ("monthly", "2026-12-31", "2027-01-01", "2027-01-31"),
        ("monthly", "2024-02-29", "2024-03-01", "2024-03-31"),
        ("quarterly", "2026-03-31", "2026-04-01", "2026-06-30"),
        ("quarterly", "2026-04-01", "2026-07-01", "2026-09-30"),
        ("quarterly", "2026-12-01", "2027-01-01", "2027-03-31"),
        ("half_yearly", "2026-06-30", "2026-07-01", "2026-12-31"),
        ("half_yearly", "2026-07-01", "2027-01-01", "2027-06-30"),
        ("yearly", "2026-01-01", "2027-01-01", "2027-12-31"),
        ("yearly", "2026-12-31", "2027-01-01", "2027-12-31"),
        ("yearly", "2027-01-01", "2028-01-01", "2028-12-31"),
    ],
)
def test_an_update_is_due_at_the_end_of_the_next_period(rhythm, since, start, end):
    found = due_period(rhythm, date.fromisoformat(since))

    assert found == Period(date.fromisoformat(start), date.fromisoformat(end))


def test_knows_every_rhythm():
    from portal.accounts.models import UpdateRhythm

    assert set(MONTHS) == set(UpdateRhythm.values)


@given(rhythm=RHYTHMS, since=DAYS)
def test_an_update_is_due_one_to_two_periods_later(rhythm, since):
    found = due_period(rhythm, since)

    months = (found.end.year - since.year) * 12 + found.end.month - since.month
    assert MONTHS[rhythm] <= months < 2 * MONTHS[rhythm]
    assert (found.end + timedelta(days=1)).day == 1


@given(rhythm=RHYTHMS, since=DAYS, day=DAYS)
def test_a_database_counts_by_the_same_rule(rhythm, since, day):
    assert (since < due_by_limit(rhythm, day)) == (due_period(rhythm, since).end <= day)


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        ("2026-11-30", None),
        ("2026-12-01", -30),
        ("2026-12-23", -30),
        ("2026-12-24", -7),
        ("2026-12-30", -1),
        ("2026-12-31", -1),
        ("2027-01-01", 1),
        ("2027-01-06", 1),
        ("2027-01-07", 7),
        ("2027-01-29", 7),
        ("2027-01-30", 30),
        ("2029-06-01", 30),
    ],
)
def test_the_latest_stage_that_has_come_counts(on, stage):
    year = Period(date(2026, 1, 1), date(2026, 12, 31))

    assert reached_stage(year, date.fromisoformat(on)) == stage


@pytest.mark.parametrize(("year", "stage"), [(2026, None), (2024, None)])
def test_nobody_is_reminded_before_a_short_period_begins(year, stage):
    february = due_period("monthly", date(year, 1, 10))

    assert reached_stage(february, february.end - timedelta(days=30)) == stage
    assert reached_stage(february, february.end - timedelta(days=7)) == -7


def test_a_month_of_thirty_one_days_has_all_stages():
    december = due_period("monthly", date(2026, 11, 10))

    assert reached_stage(december, date(2026, 12, 1)) == -30


@given(rhythm=RHYTHMS, since=DAYS)
def test_stages_come_in_order_and_each_on_its_day(rhythm, since):
    period = due_period(rhythm, since)
    days = [period.end + timedelta(days=stage) for stage in STAGES]

    found = [reached_stage(period, day) for day in days]

    assert found == [
        stage if day >= period.start else None for stage, day in zip(STAGES, days, strict=True)
    ]
