"""Obligations that return: periods kept of those due, and silence that is never a miss."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.calculations import assess, used_inputs
from tests.indicators.calculations.build import aim, at_least, at_most, day, inputs, steps


def obligation(per="", observed="", **more):
    return inputs(at_least(1, per=per), kind="recurring", observed=observed, **more)


SURVEYS = {"events": (date(2024, 3, 10), date(2025, 3, 10))}

CASES = {
    "every month kept": (
        obligation("month", "2023-01-20=1 2023-02-20=1"),
        "2023-03-05",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "this month already kept": (
        obligation("month", "2023-01-20=1"),
        "2023-01-20",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "a month without a word": (
        obligation("month", "2023-01-20=1"),
        "2023-03-31",
        "stale",
        "period_without_data",
        "0.5",
    ),
    "a month without a word, still in grace": (
        obligation("month", "2023-01-20=1"),
        "2023-03-30",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "not done, as was said": (
        obligation("month", "2023-01-20=1 2023-02=0"),
        "2023-03-31",
        "behind",
        "last_period_missed",
        "0.5",
    ),
    "not done yet, in grace": (
        obligation("month", "2023-01-20=1 2023-02=0"),
        "2023-03-20",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "missed too often": (
        obligation("month", "2023-01=0 2023-02=1 2023-03=1"),
        "2023-04-01",
        "at_risk",
        "periods_missed",
        "0.666667",
    ),
    "a year running, nothing due": (
        obligation("year"),
        "2023-06-01",
        "no_data",
        "not_due_yet",
        None,
    ),
    "less than enough in the first year": (
        inputs(at_least(3, per="year"), kind="recurring", observed="2023-02-01=1"),
        "2023-06-01",
        "on_track",
        "first_period_running",
        None,
    ),
    "two of three": (
        inputs(at_least(3, per="year"), kind="recurring", observed="2023-02-01=1 2023-09-01=1"),
        "2024-01-31",
        "behind",
        "last_period_missed",
        "0",
    ),
    "a report every even year": (
        obligation("even_year", "2024-11-05=1"),
        "2025-06-01",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "a report in an odd year": (
        obligation("even_year", "2025-02-05=1"),
        "2025-06-01",
        "stale",
        "period_without_data",
        None,
    ),
    "every two years": (
        obligation("two_years", "2023-11-05=1"),
        "2025-06-01",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "not begun": (obligation("year"), "2022-06-01", "not_started", "not_begun", None),
    "all kept to the end": (
        obligation("even_year", "2024=1 2026=1"),
        "2028-01-01",
        "achieved",
        "all_periods_kept",
        "1",
    ),
    "at most, which only the end can tell": (
        inputs(at_most(2, per="year"), kind="recurring", observed="2023=0"),
        "2023-12-31",
        "on_track",
        "first_period_running",
        None,
    ),
    # After each event.
    "after the event": (
        obligation("event", "2024-03-25=1", **SURVEYS),
        "2024-04-01",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "long after the event": (
        obligation("event", "2024-09-01=1", **SURVEYS),
        "2024-10-01",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "not after the next event": (
        obligation("event", "2024-03-25=1", **SURVEYS),
        "2025-04-10",
        "stale",
        "period_without_data",
        "0.5",
    ),
    "soon after the next event": (
        obligation("event", "2024-03-25=1", **SURVEYS),
        "2025-04-09",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "before the event does not count": (
        obligation("event", "2024-03-09=1", **SURVEYS),
        "2024-06-01",
        "stale",
        "period_without_data",
        None,
    ),
    "no event yet": (obligation("event", **SURVEYS), "2024-03-09", "no_data", "no_event", None),
    "first event, in grace": (
        obligation("event", **SURVEYS),
        "2024-04-09",
        "no_data",
        "not_due_yet",
        None,
    ),
    "a count after each event": (
        inputs(at_least(1, per="event"), observed="2024-03-25=1", **SURVEYS),
        "2024-04-01",
        "on_track",
        "last_period_kept",
        "1",
    ),
    # By rhythm.
    "every quarter, by rhythm": (
        obligation(observed="2023-02-10=1", rhythm_days=91),
        "2023-06-01",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "no rhythm": (
        obligation(observed="2023-02-10=1"),
        "2023-06-01",
        "not_measurable",
        "no_rhythm",
        None,
    ),
    "in words, every year": (
        inputs(aim("words", per="year"), kind="recurring", observed="2023=1"),
        "2024-01-05",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "no target, by rhythm": (
        inputs(kind="recurring", observed="2023=1", rhythm_days=365),
        "2024-01-05",
        "on_track",
        "last_period_kept",
        "1",
    ),
    "yes or no in every year": (
        inputs(aim("words", per="year"), kind="binary", observed="2023=0"),
        "2024-01-31",
        "behind",
        "last_period_missed",
        "0",
    ),
}


@pytest.mark.parametrize(("given", "on", "state", "reason", "fraction"), CASES.values(), ids=CASES)
def test_judges(given, on, state, reason, fraction):
    result = assess(given, day(on))

    assert (result.state, result.reason) == (state, reason)
    assert result.fraction == (fraction and Decimal(fraction))


def test_lists_every_period():
    given = obligation("year", "2023=1 2024=0")

    periods = assess(given, date(2026, 2, 1)).periods

    assert [(p.label, p.outcome, p.value) for p in periods] == [
        ("2023", "kept", 1),
        ("2024", "missed", 0),
        ("2025", "unknown", None),
        ("2026", "running", None),
        ("2027", "coming", None),
    ]
    assert periods[0].due_on == date(2024, 1, 30)


def test_tells_how_late_an_answer_was():
    given = obligation("event", "2024-04-12=1 2025-03-20=1", **SURVEYS)

    answers = steps(assess(given, date(2025, 6, 1)), "answered")

    assert [(a["event"], a["delivered"], a["late"]) for a in answers] == [
        (date(2024, 3, 10), date(2024, 4, 12), 3),
        (date(2025, 3, 10), date(2025, 3, 20), 0),
    ]


def test_says_what_is_overdue():
    result = assess(obligation("year", "2023=1"), date(2025, 6, 1))

    assert result.due == date(2025, 1, 30)


def test_keeps_the_newest_observation_even_where_it_lies_in_no_period():
    given, on = obligation("even_year", "2025-02-05=1"), date(2025, 6, 1)

    again = assess(used_inputs(given, on), on)

    assert again.state == "stale"  # not “no data”: there once was some


def test_ignores_events_of_another_time():
    given = obligation("event", events=(date(2022, 1, 1), date(2026, 1, 1), date(2024, 3, 10)))

    periods = assess(given, date(2025, 1, 1)).periods

    assert [period.label for period in periods] == ["2024-03-10"]


@pytest.mark.parametrize(
    ("rhythm_days", "label"),
    [(30, "2023-01"), (90, "2023-Q1"), (182, "2023-H1"), (365, "2023"), (730, "2023/2024")],
)
def test_reads_a_rhythm_as_calendar_periods(rhythm_days, label):
    result = assess(obligation(rhythm_days=rhythm_days), date(2023, 1, 1))

    assert result.periods[0].label == label
