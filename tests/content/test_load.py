"""Loading a strategy file: what it creates, changes, and leaves alone."""

import pytest

from goals.models import Commitment, Goal, Objective, Strategy
from indicators.models import Indicator, Target
from measures.models import BudgetLine, Measure, Project
from portal.accounts.models import Organisation
from portal.common.models import AuditEntry
from portal.content.faults import StrategyFileError
from portal.content.loader.tally import OUTCOMES
from tests.content.files import LJUBLJANA, OTHER_CITY, SMALL, small
from tests.factories import CommitmentFactory, GoalFactory


def totals(loaded) -> tuple[int, ...]:
    return tuple(loaded.tally.total(outcome) for outcome in OUTCOMES)


def test_brings_the_whole_of_ljubljana(ljubljana):
    counts = {
        model: model.objects.filter(strategy=ljubljana).count()
        for model in (Goal, Objective, Measure, Indicator, Project)
    }

    assert counts == {Goal: 5, Objective: 7, Measure: 23, Indicator: 29, Project: 2}
    assert Commitment.objects.count() == 12
    assert ljubljana.timeline.count() == 5
    assert not ljubljana.indicators.filter(observations__isnull=False).exists()


def test_publishes_what_is_new_and_says_nothing(ljubljana, anonymous):
    assert Goal.objects.visible_to(anonymous).count() == 5
    assert Indicator.objects.visible_to(anonymous).count() == 29
    assert Project.objects.visible_to(anonymous).count() == 2


@pytest.mark.parametrize("path", [LJUBLJANA, OTHER_CITY], ids=lambda path: path.stem)
def test_changes_nothing_the_second_time(load, path):
    first = load(path.read_text())
    entries = AuditEntry.objects.count()

    second = load(path.read_text())

    assert totals(second) == (0, 0, totals(first)[0], 0)
    assert AuditEntry.objects.count() == entries


def test_writes_the_history_of_everything(load):
    loaded = load(SMALL)

    sources = set(AuditEntry.objects.values_list("source", "action"))
    assert sources == {("load", "created"), ("load", "changed")}
    assert AuditEntry.objects.filter(action="created").count() == totals(loaded)[0]


def test_counts_what_it_changed_and_what_it_left(load):
    load(SMALL)

    loaded = load(
        small(("[EN] Goal", "[EN] Renamed goal"), ("    - code: 1.1.2", "    - code: 1.1.3"))
    )

    assert loaded.tally.counts[Goal] == {"created": 0, "changed": 1, "unchanged": 0, "left": 0}
    assert loaded.tally.counts[Measure] == {"created": 1, "changed": 0, "unchanged": 1, "left": 1}
    assert Measure.objects.count() == 3
    assert loaded.tally.lines()[-1].split() == ["total", *map(str, totals(loaded))]


def test_keeps_what_an_editor_wrote_where_the_file_says_nothing(load):
    goal = load(SMALL).strategy.goals.get()
    goal.summary_sl = goal.summary_en = "Edited"
    goal.save()

    loaded = load(
        small(("slug: {sl: cilj, en: goal}", "slug: {sl: cilj, en: goal}\n  summary: null"))
    )

    goal.refresh_from_db()
    assert (goal.summary_sl, totals(loaded)[1]) == ("Edited", 0)


def test_leaves_the_rows_that_an_editor_added(load):
    text = small(
        ("  objectives:", "  commitments:\n  - text: {sl: prva, en: first}\n  objectives:")
    )
    strategy = load(text).strategy
    added = CommitmentFactory(
        goal=strategy.goals.get(), text_sl="druga", text_en="second", position=0
    )

    loaded = load(text.replace("en: first", "en: reworded"))

    added.refresh_from_db()
    assert added.text_en == "second"
    assert loaded.tally.counts[Commitment] == {
        "created": 0,
        "changed": 1,
        "unchanged": 0,
        "left": 1,
    }


def test_adds_to_links_and_lists_and_takes_nothing_away(load):
    load(SMALL)
    project = Project.objects.get()
    project.partners = ["Editor's choice"]
    project.save()
    project.measures.add(Measure.objects.get(code="1.1.2"))

    load(small(("  measures: [1.1.1]", "  measures: [1.1.1]\n  partners: [B]\n  goals: ['1']")))

    project.refresh_from_db()
    assert project.partners == ["B", "Editor's choice"]
    assert {measure.code for measure in project.measures.all()} == {"1.1.1", "1.1.2"}
    assert [goal.code for goal in project.goals.all()] == ["1"]


def test_counts_a_new_link_as_a_change_and_writes_its_history(load):
    load(SMALL)

    loaded = load(small(("  measures: [1.1.1]", "  measures: [1.1.1]\n  goals: ['1']")))

    assert loaded.tally.counts[Project]["changed"] == 1
    assert AuditEntry.objects.of(Project.objects.get()).first().changes.keys() == {"goals"}


def test_moves_a_measure_below_another_objective(load):
    load(SMALL)

    moved = SMALL.replace(
        "    - code: 1.1.2",
        "  - code: '1.2'\n    title: {sl: a, en: b}\n    measures:\n    - code: 1.1.2",
    )
    loaded = load(moved)

    assert Measure.objects.get(code="1.1.2").objective.code == "1.2"
    assert loaded.tally.counts[Measure] == {"created": 0, "changed": 1, "unchanged": 1, "left": 0}


def test_finds_a_target_by_its_date_and_keeps_a_value_given_to_words(load):
    text = small(
        ("target: {at_least: 3, by: 2027}", "target: {text: {sl: veliko, en: much}, by: 2027}")
    )
    load(text)
    Target.objects.update(operator=Target.Operator.AT_LEAST, value=5)

    loaded = load(text)

    assert totals(loaded)[:2] == (0, 0)
    assert Target.objects.get().value == 5


def test_replaces_the_operator_that_the_file_changes(load):
    load(SMALL)

    load(small(("at_least: 3", "between: [3, 4.5]")))
    load(small(("at_least: 3", "at_most: 9")))

    target = Target.objects.get()
    assert (target.operator, target.value, target.value_high) == ("at_most", 9, None)


def test_nothing_is_left_of_a_load_that_fails(load):
    strategy = load(SMALL).strategy
    other = GoalFactory(strategy=strategy, code="9", slug_sl="zaseden", slug_en="taken")
    before = AuditEntry.objects.count()
    text = small(
        ("slug: {sl: cilj, en: goal}", "slug: {sl: zaseden, en: goal}"),
        ("[EN] Small", "[EN] Small, renamed"),
    )

    with pytest.raises(StrategyFileError) as caught:
        load(text)

    (fault,) = caught.value.faults
    assert (fault.line, fault.path) == (13, "goals[0]")
    assert Strategy.objects.get(code="small").title_en == "[EN] Small"
    assert AuditEntry.objects.count() == before
    other.refresh_from_db()
    assert other.slug_sl == "zaseden"


def test_a_dry_run_says_the_same_and_changes_nothing(load):
    tried = load(SMALL, dry_run=True)

    assert not Strategy.objects.exists()
    assert totals(tried) == totals(load(SMALL))


def test_shows_a_new_strategy_instead_of_the_one_before(load):
    first = load(SMALL).strategy

    loaded = load(SMALL.replace("code: small", "code: another"))

    assert loaded.no_longer_shown == first
    assert Strategy.objects.current().get().code == "another"


def test_goes_on_showing_the_other_strategy_when_one_is_loaded_again(load):
    first = load(SMALL).strategy
    another = SMALL.replace("code: small", "code: another")
    load(another, make_current=False)

    loaded = load(another)

    assert loaded.shown_instead == first
    assert Strategy.objects.current().get() == first


def test_shows_a_strategy_again_when_told(load):
    load(SMALL)
    load(SMALL.replace("code: small", "code: another"))

    load(SMALL, make_current=True)

    assert Strategy.objects.current().get().code == "small"


def test_does_not_show_a_new_draft_instead_of_a_published_strategy(load):
    first = load(SMALL).strategy
    draft = SMALL.replace("code: small", "code: another\n  publication: draft")

    loaded = load(draft)

    assert loaded.shown_instead == first


def test_keeps_two_strategies_with_the_same_codes_apart(load):
    load(SMALL)

    load(SMALL.replace("code: small", "code: another").replace("[EN] Goal", "[EN] Another"))

    assert set(Goal.objects.values_list("title_en", flat=True)) == {"[EN] Goal", "[EN] Another"}
    assert Organisation.objects.count() == 2


def test_finds_a_budget_line_by_its_year_and_source(load):
    budget = "  budget: [{year: 2025, planned: 1, source: A}, {year: 2025, planned: 2}]"
    load(small(("  measures: [1.1.1]", budget)))

    loaded = load(small(("  measures: [1.1.1]", budget.replace("planned: 1", "planned: 3"))))

    lines = BudgetLine.objects.values_list("source", "planned")
    assert set(lines) == {("A", 300), ("", 200)}
    assert loaded.tally.counts[BudgetLine]["changed"] == 1


def test_forgets_how_many_organisations_where_a_target_is_no_longer_in_each(load):
    load(small(("at_least: 3", "at_least: 3, per: organisation, units: 5")))

    load(small(("at_least: 3", "at_least: 3, per: year")))

    target = Target.objects.get()
    assert (target.per, target.units) == ("year", None)


def test_stores_a_target_without_a_date_once(load):
    load(small((", by: 2027", "")))
    target = Target.objects.get()

    load(small((", by: 2027", ""), ("at_least: 3", "at_least: 4")))

    target.refresh_from_db()
    assert target.value == 4
