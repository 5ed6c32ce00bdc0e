"""Which values are new, corrected or withdrawn, however many there are."""

from collections import Counter
from datetime import timedelta

import pytest

from indicators.models import FormerObservation, Observation
from portal.common.moment import end_of_day
from portal.common.services import delete_record, save_record
from portal.progress import value_changes
from portal.progress.value_changes import KINDS
from tests import factories as make

from .june import AFTER, BEFORE, DURING, END, JUNE, LATER, START, june, loaded, save, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator():
    return make.IndicatorFactory()


def latest(comparison) -> dict[str, list[tuple]]:
    """What a page shows of the changes of values, by kind; a file has the same ones."""
    found = comparison.values.latest
    in_file = list(comparison.values)
    for kind, shown in found.items():
        assert shown.count == len(shown.rows)
        assert shown.rows == [change for change in in_file if change.kind == kind]
    return {kind: told(shown.rows) for kind, shown in found.items() if shown.count}


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
