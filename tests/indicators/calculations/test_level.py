"""How a value, its path and its age are worked out for numbers that rise, fall or stay."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.calculations import assess
from tests.indicators.calculations.build import at_least, at_most, baseline, day, inputs, steps


def test_follows_the_path_through_interim_targets():
    # 10 at the end of 2024; of the 1095 days after, 365 are over at the end of 2025: 10 + 90 / 3.
    given = inputs(at_least(10, "2024-12-31"), at_least(100, "2027-12-31"), observed="2025=40")

    path = steps(assess(given, date(2025, 12, 31)), "path")[0]

    assert (path["start"], path["elapsed"], path["days"]) == (date(2025, 1, 1), 365, 1095)
    assert path["value"] == 40


def test_counts_leap_days():
    given = inputs(at_least(366, "2024-12-31"), begins=date(2024, 1, 1), observed="2024-02-29=60")

    result = assess(given, date(2024, 2, 29))

    assert result.fraction == result.expected_then  # 31 + 29 days of 366


def test_compares_with_what_was_expected_when_the_data_end():
    given = inputs(at_least(100), observed="2024=40")

    result = assess(given, date(2025, 11, 1))

    assert result.as_of == date(2024, 12, 31)
    assert result.expected_then < result.expected
    assert result.state == "on_track"


def test_a_missed_date_stays_missed_however_old_the_data_become():
    given = inputs(at_least(100, "2024-12-31"), observed="2024=60")

    result = assess(given, date(2027, 6, 30))

    assert (result.state, result.reason) == ("behind", "deadline_missed")


def test_speaks_of_today_while_a_period_runs():
    result = assess(inputs(at_least(100), observed="2025=40"), date(2025, 3, 1))

    assert result.as_of == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("observed", "value"),
    [
        ("2024=40 2023=99", 40),  # out of order
        ("2024-12=7 2024=40", 40),  # a whole year beats its last month
        ("2024=40 2025-01=41", 41),
        ("2024-12-31=9 2024-12=8", 8),
    ],
)
def test_takes_the_latest(observed, value):
    result = assess(inputs(at_least(100), observed=observed), date(2025, 2, 1))

    assert [seen.value for seen in result.used] == [value]


def test_a_corrected_value_changes_the_state():
    before = inputs(at_least(100), observed="2024=40")
    after = inputs(at_least(100), observed="2024=20")

    states = [assess(given, date(2024, 12, 31)).state for given in (before, after)]

    assert states == ["on_track", "behind"]


def test_adds_no_day_twice():
    given = inputs(
        at_least(100),
        accumulation="sum",
        baseline=baseline(5, "2023-01-15"),
        observed="2024-12=7 2024=20 2023-01=50 2023-02=1",
    )

    result = assess(given, date(2024, 12, 31))

    assert steps(result, "sum") == [{"value": 26, "baseline": 5, "count": 2}]
    assert steps(result, "left_out") == [
        {"value": 50, "period": "2023-01", "counted": ""},  # begins before the baseline
        {"value": 7, "period": "2024-12", "counted": "2024"},
    ]


@pytest.mark.parametrize(
    ("more", "on", "state"),
    [
        ({}, "2025-01-28", "on_track"),  # the 30 days of September and 90 more, from its end
        ({}, "2025-01-29", "stale"),
        ({"rhythm_days": 365}, "2025-12-29", "on_track"),
        ({"rhythm_days": 365}, "2025-12-30", "stale"),
        ({"confirmed_on": date(2025, 1, 20)}, "2025-05-20", "on_track"),
        ({"confirmed_on": date(2025, 1, 20)}, "2025-05-21", "stale"),
        ({"confirmed_on": date(2025, 3, 1)}, "2025-02-01", "stale"),  # not yet said
    ],
)
def test_old_data_become_stale(more, on, state):
    result = assess(inputs(at_least(100), observed="2024-09=70", **more), day(on))

    assert result.state == state
    assert result.fraction == Decimal("0.7")


def test_tells_what_a_stale_state_would_be():
    result = assess(inputs(at_least(100), observed="2024-09=70"), date(2026, 1, 1))

    assert steps(result, "would_be") == [{"state": "on_track", "reason": "pace_kept"}]


def test_judges_by_one_promise_of_several():
    given = inputs(at_least(100), at_least(20, per="year"), observed="2024=40")

    result = assess(given, date(2024, 12, 31))

    assert result.fraction == Decimal("0.4")
    assert steps(result, "targets_left_out") == [{"count": 1}]


def test_says_when_something_is_due():
    given = inputs(at_least(10, "2024-12-31"), at_least(100, "2027-12-31"), observed="2025=20")

    assert assess(given, date(2025, 3, 1)).due == date(2027, 12, 31)


def test_says_that_an_interim_date_has_passed_without_data():
    given = inputs(at_least(10, "2025-12-31"), at_least(100, "2030-12-31"))

    result = assess(given, date(2026, 6, 30))

    assert (result.state, result.reason) == ("no_data", "deadline_without_data")
    assert result.due == date(2025, 12, 31)


@pytest.mark.parametrize(("value", "state"), [(30, "not_started"), (50, "behind")])
def test_a_value_that_became_worse_has_not_stood_still(value, state):
    falling = at_most(10, "2027-12-31")
    given = inputs(
        falling,
        direction="decrease",
        baseline=baseline(30, "2025-12-31"),
        observed=f"2026-03={value}",
    )

    assert assess(given, date(2026, 4, 1)).state == state
