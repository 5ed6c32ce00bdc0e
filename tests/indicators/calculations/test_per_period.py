"""A number in every period: the running one, the last one due, and all of them at the end.

Long because it is mostly one table. Defaults: 30 days of grace, so a year is due on 30 January.
"""

from datetime import date
from decimal import Decimal

import pytest

from indicators.calculations import assess
from tests.indicators.calculations.build import (
    at_least,
    at_most,
    between,
    day,
    exactly,
    inputs,
    steps,
)

A_YEAR = at_least(250, per="year")
EVEN = at_least(50, per="even_year")
PAIR = at_least(10, per="two_years")
MONTH = at_least(4, per="month")
TO_SEPTEMBER = " ".join(f"2025-{month:02}=20" for month in range(1, 10))

CASES = {
    # The running period.
    "180 of 250 by the end of September": (
        inputs(A_YEAR, observed=TO_SEPTEMBER),
        "2025-09-30",
        "on_track",
        "pace_kept",
        "0.72",
    ),
    "the same, asked in November": (
        inputs(A_YEAR, observed=TO_SEPTEMBER),
        "2025-11-23",
        "on_track",
        "pace_kept",
        "0.72",
    ),
    "slow": (inputs(A_YEAR, observed="2025-Q1=40"), "2025-04-15", "at_risk", "pace_slow", "0.16"),
    "far too slow": (
        inputs(A_YEAR, observed="2025-Q1=20"),
        "2025-04-15",
        "behind",
        "pace_lost",
        "0.08",
    ),
    "nothing yet, said early": (
        inputs(A_YEAR, observed="2025-01=0"),
        "2025-02-15",
        "not_started",
        "unmoved",
        "0",
    ),
    "reached early": (
        inputs(A_YEAR, observed="2025-Q1=300"),
        "2025-04-15",
        "on_track",
        "period_met",
        "1.2",
    ),
    "31 December is still running": (
        inputs(A_YEAR, observed="2025=200"),
        "2025-12-31",
        "on_track",
        "pace_kept",
        "0.8",
    ),
    # A finished one whose value is whole, from 1 January on.
    "missed on 1 January": (
        inputs(A_YEAR, observed="2025=200"),
        "2026-01-01",
        "behind",
        "last_period_missed",
        "0",
    ),
    "kept on 1 January": (
        inputs(A_YEAR, observed="2023=250 2024=260 2025=300"),
        "2026-01-01",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "summed from all months": (
        inputs(A_YEAR, observed=f"{TO_SEPTEMBER} 2025-Q4=70"),
        "2026-01-15",
        "on_track",
        "last_period_kept",
        "0.333333",  # 2023 and 2024 are unknown, not missed
    ),
    "a quarter missing, not yet due": (
        inputs(A_YEAR, observed=TO_SEPTEMBER),
        "2026-01-30",
        "on_track",
        "pace_kept",
        "0.72",
    ),
    "a quarter missing, due": (
        inputs(A_YEAR, observed=TO_SEPTEMBER),
        "2026-01-31",
        "stale",
        "period_without_data",
        None,
    ),
    "a month missing within": (
        inputs(A_YEAR, observed="2025-Q1=50 2025-Q3=50 2025-Q4=50"),
        "2026-01-31",
        "stale",
        "period_without_data",
        None,
    ),
    "a quarter missing, reached without it": (
        inputs(A_YEAR, observed="2025-Q1=250"),
        "2026-01-31",
        "on_track",
        "last_period_kept",
        "0.333333",
    ),
    # Earlier ones.
    "too many missed before": (
        inputs(A_YEAR, observed="2023=1 2024=250"),
        "2025-06-01",
        "at_risk",
        "periods_missed",
        "0.5",
    ),
    "four of five kept": (
        inputs(
            A_YEAR, begins=date(2020, 1, 1), observed="2020=1 2021=250 2022=250 2023=250 2024=250"
        ),
        "2025-06-01",
        "on_track",
        "last_period_kept",
        "0.8",
    ),
    "stopped reporting": (
        inputs(A_YEAR, observed="2023=250"),
        "2025-06-01",
        "stale",
        "period_without_data",
        "0.5",
    ),
    "never reported": (inputs(A_YEAR), "2025-06-01", "no_data", "period_without_data", None),
    "nothing due yet": (inputs(A_YEAR), "2023-06-01", "no_data", "not_due_yet", None),
    "in the days of grace": (inputs(A_YEAR), "2024-01-30", "no_data", "not_due_yet", None),
    "after the days of grace": (
        inputs(A_YEAR),
        "2024-01-31",
        "no_data",
        "period_without_data",
        None,
    ),
    "not begun": (inputs(A_YEAR), "2022-12-31", "not_started", "not_begun", None),
    # The end.
    "all kept": (
        inputs(A_YEAR, observed="2023=250 2024=250 2025=250 2026=250 2027=250"),
        "2028-01-01",
        "achieved",
        "all_periods_kept",
        "1",
    ),
    "one missed": (
        inputs(A_YEAR, observed="2023=1 2024=250 2025=250 2026=250 2027=250"),
        "2028-01-01",
        "behind",
        "periods_missed",
        "0.8",
    ),
    "one unknown": (
        inputs(A_YEAR, observed="2024=250 2025=250 2026=250 2027=250"),
        "2028-01-01",
        "stale",
        "period_without_data",
        "0.8",
    ),
    # A cap, a range, an exact number.
    "under the cap": (
        inputs(at_most(10, per="year"), observed="2025-Q1=10"),
        "2025-04-01",
        "on_track",
        "period_met",
        "1",
    ),
    "over the cap": (
        inputs(at_most(10, per="year"), observed="2025-Q1=11"),
        "2025-04-01",
        "behind",
        "period_exceeded",
        "0",
    ),
    "over the cap, a quarter missing": (
        inputs(at_most(10, per="year"), observed="2025-Q1=11"),
        "2026-02-01",
        "behind",
        "last_period_missed",
        "0",
    ),
    "under the cap, a quarter missing": (
        inputs(at_most(10, per="year"), observed="2025-Q1=10"),
        "2026-02-01",
        "stale",
        "period_without_data",
        None,
    ),
    "exactly": (
        inputs(exactly(10, per="year"), observed="2025-Q1=10"),
        "2025-04-01",
        "on_track",
        "period_met",
        "1",
    ),
    "last year not yet due, this year begun": (
        inputs(A_YEAR, observed="2025-Q1=10 2026-01=25"),
        "2026-01-25",
        "on_track",
        "pace_kept",
        "0.1",
    ),
    "more than exactly": (
        inputs(exactly(10, per="year"), observed="2025-Q1=11"),
        "2025-04-01",
        "behind",
        "period_exceeded",
        "0",
    ),
    "on the way into a range": (
        inputs(between(10, 20, per="year"), observed="2025-Q1=3"),
        "2025-04-01",
        "on_track",
        "pace_kept",
        "0.3",
    ),
    "a target of zero": (
        inputs(at_least(0, per="year"), observed="2025-Q1=0"),
        "2025-04-01",
        "on_track",
        "period_met",
        "1",
    ),
    # Shares are not added up; the latest in a period counts.
    "a percentage at the end of the period": (
        inputs(EVEN, kind="percentage", observed="2024-Q1=20 2024-Q4=55"),
        "2025-01-10",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "a percentage before the end of the period": (
        inputs(EVEN, kind="percentage", observed="2024-Q1=20 2024-Q3=55"),
        "2025-02-10",
        "stale",
        "period_without_data",
        None,
    ),
    "a count that is a level": (
        inputs(A_YEAR, accumulation="latest", observed="2024-Q3=200 2024-Q4=240"),
        "2025-01-10",
        "behind",
        "last_period_missed",
        "0",
    ),
    # Even years and pairs of years.
    "an odd year is nobody's": (
        inputs(EVEN, kind="percentage", observed="2025=10"),
        "2025-12-01",
        "stale",
        "period_without_data",
        None,
    ),
    "the first even year is to come": (
        inputs(EVEN, kind="percentage"),
        "2023-12-31",
        "no_data",
        "not_due_yet",
        None,
    ),
    "two years, summed": (
        inputs(PAIR, observed="2023=4 2024=6"),
        "2025-01-01",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "two years, one of them known": (
        inputs(PAIR, observed="2023=4"),
        "2024-06-30",
        "on_track",
        "pace_kept",
        "0.4",
    ),
    # Months.
    "a month, the last one kept": (
        inputs(MONTH, begins=date(2025, 1, 1), observed="2025-01=4 2025-02=5"),
        "2025-03-15",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "a month, missed": (
        inputs(MONTH, begins=date(2025, 1, 1), observed="2025-01=4 2025-02=3"),
        "2025-03-15",
        "behind",
        "last_period_missed",
        "0.5",
    ),
    # No period fits.
    "a strategy of half a year": (
        inputs(A_YEAR, begins=date(2025, 1, 1), ends=date(2025, 6, 30), observed="2025=300"),
        "2025-05-01",
        "no_data",
        "no_period",
        None,
    ),
}


@pytest.mark.parametrize(("given", "on", "state", "reason", "fraction"), CASES.values(), ids=CASES)
def test_judges(given, on, state, reason, fraction):
    result = assess(given, day(on))

    assert (result.state, result.reason) == (state, reason)
    assert result.fraction == (fraction and Decimal(fraction))


@pytest.mark.parametrize(
    ("target", "begins", "ends", "labels"),
    [
        (A_YEAR, "2023-01-01", "2027-12-31", "2023 2024 2025 2026 2027"),
        (A_YEAR, "2023-03-14", "2027-12-31", "2024 2025 2026 2027"),
        (A_YEAR, "2023-03-14", "2028-03-13", "2024 2025 2026 2027 2028"),
        (A_YEAR, "2023-01-01", "2025-06-30", "2023 2024"),
        (EVEN, "2023-01-01", "2027-12-31", "2024 2026"),
        (PAIR, "2023-01-01", "2027-12-31", "2023/2024 2025/2026"),  # 2027 is cut in two
        (PAIR, "2024-01-01", "2027-12-31", "2024/2025 2026/2027"),
        (MONTH, "2024-01-15", "2024-04-15", "2024-02 2024-03"),
        (MONTH, "2024-11-01", None, "2024-11 2024-12 2025-01"),
    ],
)
def test_counts_whole_periods(target, begins, ends, labels):
    result = assess(inputs(target, begins=day(begins), ends=day(ends)), date(2025, 1, 20))

    assert " ".join(period.label for period in result.periods) == labels


def test_counts_from_the_first_observation_where_no_beginning_is_known():
    given = inputs(A_YEAR, begins=None, ends=None, observed="2023-02=9 2024=250")

    result = assess(given, date(2025, 1, 20))

    assert [(p.label, p.outcome) for p in result.periods] == [
        ("2023", "unknown"),
        ("2024", "kept"),
        ("2025", "running"),
    ]


def test_explains_the_running_year():
    result = assess(inputs(A_YEAR, observed=TO_SEPTEMBER), date(2025, 11, 23))

    assert steps(result, "period_share") == [
        {"period": "2025", "value": 180, "target": 250, "fraction": Decimal("0.72")}
    ]
    then, now = steps(result, "period_elapsed")
    assert (then["elapsed"], then["days"], then["expected"]) == (273, 365, Decimal("0.747945"))
    assert (now["elapsed"], result.expected) == (327, now["expected"])
    assert result.due == date(2026, 1, 30)


def test_takes_the_target_of_each_year():
    first, second = (
        at_least(value, f"{year}-12-31", "year") for value, year in [(10, 2023), (20, 2024)]
    )
    given = inputs(second, first, observed="2023=12 2024=12 2025=20")

    result = assess(given, date(2026, 1, 1))

    assert [period.outcome for period in result.periods][:3] == ["kept", "missed", "kept"]


def test_a_whole_year_beats_its_parts():
    given = inputs(A_YEAR, observed="2024-Q1=200 2024-Q2=200 2024=249")

    assert assess(given, date(2025, 1, 1)).reason == "last_period_missed"


def test_lists_what_is_coming_for_ten_years_at_most():
    given = inputs(MONTH, ends=date(9999, 12, 31))

    periods = assess(given, date(2025, 1, 20)).periods

    assert periods[-1].end < date(2035, 3, 1)
