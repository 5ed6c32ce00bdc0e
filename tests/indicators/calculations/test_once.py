"""Milestones and yes-or-no questions."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.calculations import Criteria, assess
from tests.indicators.calculations.build import aim, at_least, at_most, day, exactly, inputs


def milestone(by=None, observed="", **more):
    return inputs(aim("words", by=by), kind="milestone", observed=observed, **more)


CASES = {
    "done": (milestone("2025-12-31", "2025-06-01=1"), "2025-07-01", "achieved", "done", "1"),
    "done, years ago": (milestone("2025-12-31", "2023=1"), "2030-01-01", "achieved", "done", "1"),
    "more than done": (
        milestone("2025-12-31", "2025-06-01=3"),
        "2025-07-01",
        "achieved",
        "done",
        "1",
    ),
    "part done": (
        milestone("2025-12-31", "2025-06=0.5"),
        "2025-07-01",
        "on_track",
        "part_done",
        "0.5",
    ),
    "not done": (
        milestone("2025-12-31", "2025-06=0"),
        "2025-07-01",
        "not_started",
        "not_done",
        "0",
    ),
    "not done in time": (
        milestone("2025-12-31", "2025-12-31=0.9"),
        "2025-12-31",
        "behind",
        "deadline_missed",
        "0.9",
    ),
    "not done by the end of the strategy": (
        milestone(observed="2027=0"),
        "2027-12-31",
        "behind",
        "deadline_missed",
        "0",
    ),
    "due, and nothing new": (
        milestone("2025-12-31", "2025-11=0.5"),
        "2026-01-01",
        "stale",
        "deadline_without_data",
        "0.5",
    ),
    "due today, and nothing new": (
        milestone("2025-12-31", "2025-11=0.5"),
        "2025-12-31",
        "on_track",
        "part_done",
        "0.5",
    ),
    "no word for too long": (
        milestone("2027-12-31", "2024-01=0"),
        "2025-12-31",
        "stale",
        "too_old",
        "0",
    ),
    "confirmed meanwhile": (
        milestone("2027-12-31", "2024-01=0", confirmed_on=date(2025, 12, 1)),
        "2025-12-31",
        "not_started",
        "not_done",
        "0",
    ),
    "no date": (
        milestone(observed="2025-06=0.5", ends=None),
        "2025-07-01",
        "on_track",
        "part_done",
        "0.5",
    ),
    "no data": (milestone("2025-12-31"), "2025-12-31", "no_data", "no_observation", None),
    "no data after the date": (
        milestone("2025-12-31"),
        "2026-01-01",
        "no_data",
        "deadline_without_data",
        None,
    ),
    "not begun": (milestone("2025-12-31"), "2022-12-31", "not_started", "not_begun", None),
    "worked once, no longer": (
        inputs(kind="binary", observed="2024=1 2025=0"),
        "2026-01-15",
        "not_started",
        "not_done",
        "0",
    ),
    "works again": (
        inputs(kind="binary", observed="2024=0 2025=1"),
        "2026-01-15",
        "achieved",
        "done",
        "1",
    ),
    "in each of four organisations": (
        inputs(aim("words", per="organisation", units=4), kind="binary", observed="2025=2"),
        "2025-12-31",
        "on_track",
        "pace_kept",
        "0.5",
    ),
}


@pytest.mark.parametrize(("given", "on", "state", "reason", "fraction"), CASES.values(), ids=CASES)
def test_judges(given, on, state, reason, fraction):
    result = assess(given, day(on))

    assert (result.state, result.reason) == (state, reason)
    assert result.fraction == (fraction and Decimal(fraction))


def test_expects_nothing_before_the_day_and_all_from_it_on():
    given = milestone("2025-12-31", "2025-06=0.5", rhythm_days=365)

    expected = [assess(given, on).expected for on in (date(2025, 12, 30), date(2025, 12, 31))]

    assert expected == [0, 1]


def test_allows_the_days_of_grace_for_news():
    criteria = Criteria("2025-01-01", grace_days=10)
    given = milestone("2025-12-31", "2025-11=0.5", criteria=criteria)

    states = [assess(given, on).state for on in (date(2026, 1, 10), date(2026, 1, 11))]

    assert states == ["on_track", "stale"]


@pytest.mark.parametrize(
    ("kind", "target", "value", "state"),
    [
        ("binary", at_most(0, "2026-12-31"), 1, "not_started"),
        ("binary", at_most(0, "2026-12-31"), 0, "achieved"),
        ("milestone", at_least(3, "2026-12-31"), 1, "on_track"),
        ("milestone", at_least(3, "2026-12-31"), 3, "achieved"),
        ("milestone", at_least(3, "2025-12-31"), 2, "behind"),
        ("binary", exactly(1, "2026-12-31"), 1, "achieved"),
    ],
)
def test_holds_the_value_against_the_number_of_the_target(kind, target, value, state):
    given = inputs(target, observed=f"2025={value}", kind=kind)

    assert assess(given, date(2026, 3, 1)).state == state
