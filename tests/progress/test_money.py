"""Money adds up: every line once in each record it belongs to, the unknown never as zero."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.common.services import delete_record, save_record
from portal.progress.money import (
    Amount,
    Line,
    Money,
    by_year_and_source,
    money_of,
    reconcile,
    sums_of,
)
from portal.progress.money_lines import changes_since
from portal.progress.money_words import Unit, doubt, exact, rounded, unit_for
from tests import factories as make


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


cents = st.none() | st.integers(min_value=0, max_value=10**15)
lines = st.lists(
    st.builds(
        Line,
        key=st.integers(1, 40),
        year=st.integers(2020, 2024),
        source=st.sampled_from(["", "EU", "Proračun"]),
        planned=cents,
        committed=cents,
        spent=cents,
    ),
    unique_by=lambda line: line.key,
    max_size=25,
)


def added(*sums):
    """The amounts of several sums, column by column: cents, lines, unknown lines."""
    columns = zip(*sums, strict=True)
    return [
        tuple(sum(getattr(a, name) for a in column) for name in ("cents", "lines", "unknown"))
        for column in columns
    ]


def plain(sums):
    return [(amount.cents, amount.lines, amount.unknown) for amount in sums]


@given(lines, st.data())
def test_parts_reconcile_with_the_total(lines, data):
    part = st.sets(st.sampled_from(lines)) if lines else st.just(set())
    parts = data.draw(st.dictionaries(st.integers(1, 6), part))

    found = reconcile(lines, parts)

    left = added(*found.parts.values(), found.direct)
    right = added(found.total, found.repeated)
    assert left == right if found.parts else plain(found.direct) == plain(found.total)


@given(lines)
def test_years_and_sources_add_up(lines):
    sums = [own for sources in by_year_and_source(lines).values() for own in sources.values()]

    assert added(*sums) == plain(sums_of(lines)) if lines else sums == []


@given(lines, st.data())
def test_a_line_counts_once_however_many_ways_lead_to_it(lines, data):
    """A project serves several measures of one goal: the goal has its money once."""
    lines = [Line(**{**vars(line), "project": line.key % 3 + 1}) for line in lines]
    served = st.sets(st.integers(1, 5), min_size=1)
    places = {
        ("project", key): {("measure", m) for m in data.draw(served)} | {("goal", 1)}
        for key in (1, 2, 3)
    }

    money = Money(lines, places)

    assert money.of("goal", 1) == frozenset(lines)
    union = frozenset().union(*(money.of("measure", key) for key in range(1, 6)))
    assert union == frozenset(lines)


@given(st.integers(0, 10**15), st.sampled_from(Unit))
def test_rounding_is_never_off_by_more_than_half_a_unit(amount, unit):
    whole = (2 * amount + unit) // (2 * unit)

    assert abs(whole * unit - amount) * 2 <= unit


@pytest.mark.parametrize(
    ("amount", "unit", "written"),
    [
        (Amount(0, 1, 0), Unit.EURO, "0"),
        (Amount(149, 1, 0), Unit.EURO, "1"),
        (Amount(150, 1, 0), Unit.EURO, "2"),
        (Amount(49, 1, 0), Unit.EURO, "less than 1"),
        (Amount(123_456_789, 2, 0), Unit.THOUSAND, "1,235"),
        (Amount(123_456_789, 2, 1), Unit.THOUSAND, "at least 1,235"),
        (Amount(0, 2, 1), Unit.THOUSAND, "at least 0"),
        (Amount(0, 2, 2), Unit.THOUSAND, "unknown"),
        (Amount(), Unit.THOUSAND, "–"),
    ],
)
def test_writes_rounded_amounts(amount, unit, written):
    assert rounded(amount, unit) == written


def test_writes_exact_amounts_with_what_is_unknown():
    amount = Amount(123_456, 3, 2)

    assert (exact(amount), doubt(amount)) == ("at least 1,234.56 €", "2 of 3 lines unknown")


@pytest.mark.parametrize(
    ("cents", "unit"),
    [(0, Unit.EURO), (99_999_999, Unit.EURO), (100_000_000, Unit.THOUSAND)],
)
def test_chooses_a_unit_of_at_most_six_digits(cents, unit):
    assert unit_for([Amount(cents, 1, 0)]) == unit


@pytest.fixture
def tree(db):
    """Goal 1 with two objectives of one measure; a shared project, one of the goal, a draft."""
    goal = make.GoalFactory(code="1")
    first, second = make.ObjectiveFactory.create_batch(2, goal=goal)
    measures = [make.MeasureFactory(objective=objective) for objective in (first, second)]
    for measure in measures:
        make.BudgetLineFactory(project=None, measure=measure, planned=100)
    shared = make.ProjectFactory(measures=measures)
    make.BudgetLineFactory(project=shared, planned=30, spent=5)
    own = make.ProjectFactory()
    own.goals.add(goal)
    make.BudgetLineFactory(project=own, planned=None)
    draft = make.ProjectFactory(draft=True, measures=measures)
    make.BudgetLineFactory(project=draft, planned=1_000_000)
    lonely = make.ProjectFactory()
    make.BudgetLineFactory(project=lonely, planned=7)
    return goal


def planned(lines) -> Amount:
    return sums_of(lines).planned


def test_adds_up_the_tree(tree):
    first = tree.objectives.first()

    money = money_of(tree.strategy)

    assert planned(money.of("objective", first.pk)) == Amount(130, 2, 0)
    assert planned(money.of("goal", tree.pk)) == Amount(230, 4, 1)
    assert planned(money.lines) == Amount(237, 5, 1)


@pytest.mark.parametrize("level", ["goal", "objective", "measure", "project"])
def test_a_record_has_on_its_page_what_it_has_in_the_whole(tree, level):
    whole = money_of(tree.strategy)

    records = list(getattr(tree.strategy, f"{level}s").public())
    assert records
    for record in records:
        alone = money_of(record)
        assert alone.lines == whole.of(level, record.pk)


def test_shows_the_shared_project_as_counted_twice(client, tree):
    page = client.get("/en/progress/money/?of=goal-1").content.decode()

    assert "counted in several parts" in page
    assert "in no single part" in page
    assert "at least 2.30 €" in page


def test_the_file_is_exact_and_reconciles(client, tree):
    answer = client.get("/en/progress/money/?of=goal-1&format=csv")

    rows = [line.split(",") for line in b"".join(answer).decode().splitlines()[1:]]
    sums = {
        kind: sum(int(row[5] or 0) for row in rows if row[0] == kind)
        for kind in {r[0] for r in rows}
    }
    assert sums["part"] + sums["in_no_part"] - sums["counted_several_times"] == sums["total"]
    assert sums["year"] == sums["total"] == 230


def test_the_file_leaves_a_sum_empty_of_which_nothing_is_known(client, tree):
    answer = client.get("/en/progress/money/?of=goal-1&format=csv")

    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    total = next(row for row in csv.DictReader(lines) if row["part"] == "total")
    assert (total["planned_cents"], total["planned_unknown"]) == ("230", "1")
    assert (total["committed_cents"], total["committed_unknown"]) == ("", "4")
    assert (total["spent_cents"], total["spent_unknown"]) == ("5", "3")


@pytest.mark.parametrize(
    "of", ["goal-2", "goal-", "x", "project-", "project-9999999999999999999", "project-²", "-", "_"]
)
def test_knows_no_money_of_what_does_not_exist(client, tree, of):
    assert client.get("/en/progress/money/", {"of": of}).status_code == 404


def test_takes_back_what_was_written_later(db):
    project = make.ProjectFactory()
    old, new = datetime(2026, 3, 1, tzinfo=UTC), timezone.now() - timedelta(days=1)
    kept, gone = make.BudgetLineFactory.build_batch(2, project=project, planned=10)
    late = make.BudgetLineFactory.build(project=project, planned=500)
    for line, at in ((kept, old), (gone, old), (late, new)):
        save_record(record=line, by=None, at=at)
    kept.planned, kept.spent = 11, 3
    save_record(record=kept, by=None, at=new)
    delete_record(record=gone, by=None, at=new)

    then, now = (
        sums_of(money_of(project.strategy, at).lines) for at in (old + timedelta(days=1), None)
    )

    assert (then.planned, then.spent) == (Amount(20, 2, 0), Amount(0, 2, 2))
    assert (now.planned, now.spent) == (Amount(511, 2, 0), Amount(3, 2, 1))


def test_reads_no_history_of_lines_of_other_strategies(db):
    other = make.StrategyFactory(code="X", is_current=False)
    here, elsewhere = make.ProjectFactory(), make.ProjectFactory(strategy=other)
    lines = [make.BudgetLineFactory.build(project=project) for project in (here, elsewhere)]
    for line in lines:
        save_record(record=line, by=None)
    yesterday = timezone.now() - timedelta(days=1)

    changes = changes_since(yesterday, here.strategy)

    assert [change.key for change in changes] == [lines[0].pk]
