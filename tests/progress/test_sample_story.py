"""Invented values fit every kind of promise. Pure: no database."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from portal.common.partial_dates import parse_period
from portal.progress.sample.promise import Course, Promise
from portal.progress.sample.story import told

TODAY = date(2026, 11, 25)
FIRST = TODAY - timedelta(days=183)
KINDS = ("count", "percentage", "binary", "milestone", "recurring")
DIRECTIONS = ("increase", "decrease", "keep")
OPERATORS = ("at_least", "at_most", "exactly", "between", "words")
PERS = ("", "month", "year", "even_year", "two_years", "event", "organisation")


def promise(kind="count", direction="increase", operator="at_least", per="", **changes) -> Promise:
    values = {
        "value": None if operator == "words" else Decimal(20),
        "high": Decimal(30) if operator == "between" else None,
        "baseline": None,
        "begins": date(2023, 1, 1),
        "due": date(2027, 12, 31),
    }
    return Promise(kind, direction, operator, per=per, **(values | changes))


@pytest.mark.parametrize("course", Course)
@pytest.mark.parametrize("kind", KINDS)
def test_writes_only_what_can_be_known_on_the_day(kind, course):
    for direction, operator, per in product(DIRECTIONS, OPERATORS, PERS):
        for entry in told(promise(kind, direction, operator, per), course, FIRST, TODAY):
            span = parse_period(entry.period)
            assert FIRST <= entry.day < TODAY
            assert span.start <= entry.day
            assert entry.provisional or span.end <= entry.day
            assert entry.value == entry.value.quantize(Decimal("0.0001"))
            assert 0 <= entry.value < 10**6


def test_is_silent_where_the_office_is():
    assert told(promise(), Course.SILENT, FIRST, TODAY) == []


def test_tells_nothing_before_the_strategy_begins():
    assert told(promise(begins=date(2027, 1, 1)), Course.GOOD, FIRST, TODAY) == []


def test_corrects_the_last_value():
    *_, wrong, right = told(promise(), Course.CORRECTED, FIRST, TODAY)

    assert wrong.period == right.period
    assert wrong.value != right.value
    assert wrong.day < right.day


def test_marks_the_running_period_as_provisional():
    last = told(promise(), Course.PROVISIONAL, FIRST, TODAY)[-1]

    assert last.provisional
    assert parse_period(last.period).end >= TODAY


def test_falls_silent_before_its_values_are_stale():
    last = told(promise(), Course.STALE, FIRST, TODAY)[-1]

    assert parse_period(last.period).end < TODAY - timedelta(days=400)


def test_goes_down_where_less_is_better():
    entries = told(promise(direction="decrease", operator="at_most"), Course.GOOD, FIRST, TODAY)

    assert entries[-1].value < entries[0].value


@pytest.mark.parametrize("begins", [date(2024, 7, 1), date(2026, 11, 20), date(1990, 1, 1)])
@pytest.mark.parametrize("due", [date(2025, 1, 1), date(2040, 2, 29)])
def test_fits_periods_of_any_length(begins, due):
    for kind, per, course in product(KINDS, PERS, Course):
        told(promise(kind, per=per, begins=begins, due=due), course, FIRST, TODAY)
