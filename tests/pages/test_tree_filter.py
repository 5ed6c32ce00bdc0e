"""What a reader sees of the tree when asking for a status, an organisation or words."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from portal.pages.tree import TreeFilter, count_below, filter_choices, load_tree
from tests.factories import (
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObjectiveFactory,
    OrganisationFactory,
    StrategyFactory,
)

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


@pytest.fixture
def strategy():
    """Two goals; the first has two objectives of two measures, the second one has none.

    1 (in progress) > 1.1 > 1.1.1 (achieved, A), 1.1.2 (no status, B)
                    > 1.2 (not started) > 1.2.1 (B), 1.2.2 (no organisation)
    2 (no status)
    """
    strategy = StrategyFactory()
    offices = [
        OrganisationFactory(code="A", name_sl="Oddelek A", name_en="Department A"),
        OrganisationFactory(code="B", name_sl="Oddelek B", name_en="Department B"),
    ]
    first = GoalFactory(
        code="1", title_sl="Čista voda", title_en="Clean water", published_state="in_progress"
    )
    GoalFactory(code="2", title_sl="Zeleni parki", title_en="Green parks")
    one = ObjectiveFactory(goal=first, code="1.1", title_sl="Žejni", title_en="The thirsty")
    other = ObjectiveFactory(goal=first, code="1.2", published_state="not_started")
    measure(one, "1.1.1", offices[0], "Šolski pitniki", "School fountains", "achieved")
    measure(one, "1.1.2", offices[1], "Vodnjaki", "Wells")
    measure(other, "1.2.1", offices[1], "Cevi", "Pipes")
    measure(other, "1.2.2", None, "Tlak v ceveh", "Pressure in pipes")
    return strategy


def measure(objective, code, organisation, title_sl, title_en, state=""):
    record = MeasureFactory(
        objective=objective,
        code=code,
        organisation=organisation,
        title_sl=title_sl,
        title_en=title_en,
        description_sl="",
        description_en="",
        published_state=state,
    )
    number = code[2:].replace(".", "")
    IndicatorFactory(
        measure=record, code=f"K{number}", name_sl=f"Delež {number}", name_en=f"Share {number}"
    )


def found(strategy, user=NOBODY, language="sl", **wanted) -> set[str]:
    """The codes of goals, objectives and measures that remain."""
    with override(language):
        branches = load_tree(strategy, user, TreeFilter(**wanted))
        below = [child for branch in branches for child in branch.children]
        measures = [child for branch in below for child in branch.children]
        return {branch.record.code for branch in [*branches, *below, *measures]}


EVERYTHING = {"1", "2", "1.1", "1.2", "1.1.1", "1.1.2", "1.2.1", "1.2.2"}


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ({}, EVERYTHING),
        ({"text": "   "}, EVERYTHING),
        # The nearest published status counts.
        ({"status": "achieved"}, {"1", "1.1", "1.1.1"}),
        ({"status": "in_progress"}, {"1", "1.1", "1.1.2"}),
        ({"status": "not_started"}, {"1", "1.2", "1.2.1", "1.2.2"}),
        ({"status": "none"}, {"2"}),
        ({"status": "partly_achieved"}, set()),
        ({"status": "ACHIEVED"}, set()),
        ({"status": "anything"}, set()),
        ({"organisation": "A"}, {"1", "1.1", "1.1.1"}),
        ({"organisation": "B"}, {"1", "1.1", "1.1.2", "1.2", "1.2.1"}),
        ({"organisation": "C"}, set()),
        ({"text": "solski"}, {"1", "1.1", "1.1.1"}),
        ({"text": "ŠOLSKI Pitniki"}, {"1", "1.1", "1.1.1"}),
        ({"text": "pitniki solski"}, {"1", "1.1", "1.1.1"}),
        ({"text": "cev"}, {"1", "1.2", "1.2.1", "1.2.2"}),
        ({"text": "delez 11"}, {"1", "1.1", "1.1.1"}),
        ({"text": "1.2.1"}, {"1", "1.2", "1.2.1"}),
        ({"text": "zejni"}, {"1", "1.1"}),
        ({"text": "parki"}, {"2"}),
        ({"text": "school"}, set()),
        ({"text": "cevi vodnjaki"}, set()),
        ({"text": "%"}, set()),
        ({"text": "cev", "organisation": "B"}, {"1", "1.2", "1.2.1"}),
        ({"status": "achieved", "organisation": "B"}, set()),
        ({"status": "none", "organisation": "A"}, set()),
        ({"status": "achieved", "text": "pitniki", "organisation": "A"}, {"1", "1.1", "1.1.1"}),
    ],
)
def test_leaves_what_answers_and_what_stands_above(strategy, wanted, codes):
    assert found(strategy, **wanted) == codes


def test_looks_for_words_in_the_language_of_the_page(strategy):
    assert found(strategy, language="en", text="school") == {"1", "1.1", "1.1.1"}
    assert found(strategy, language="en", text="solski") == set()


def test_finds_no_draft(strategy, chief_editor):
    MeasureFactory(
        draft=True, objective__goal__strategy=strategy, code="9.9.9", title_sl="Skrivni pitniki"
    )

    assert "9.9.9" not in found(strategy, text="pitniki")
    assert "9.9.9" in found(strategy, chief_editor, text="pitniki")


def test_counts_what_is_shown(strategy):
    counts = count_below(load_tree(strategy, NOBODY))

    assert counts == {"goals": 2, "objectives": 2, "measures": 4, "indicators": 4}


def test_holds_the_indicators_of_every_level(strategy):
    goal = strategy.goals.get(code="1")
    objective = goal.objectives.get(code="1.2")
    IndicatorFactory(measure=None, goal=goal, code="1-K9")
    IndicatorFactory(measure=None, objective=objective, code="1.2-K9", name_sl="Globina")

    whole, cut = (
        load_tree(strategy, NOBODY),
        load_tree(strategy, NOBODY, TreeFilter(text="Globina")),
    )

    assert [indicator.code for indicator in whole[0].indicators] == ["1-K9"]
    assert [indicator.code for indicator in cut[0].children[0].indicators] == ["1.2-K9"]


def test_offers_only_organisations_that_keep_something(strategy):
    OrganisationFactory(code="idle")
    hidden = OrganisationFactory(code="hidden")
    MeasureFactory(draft=True, organisation=hidden)

    choices = filter_choices(strategy, NOBODY)

    assert [one.code for one in choices["organisations"]] == ["A", "B"]


def test_keeps_what_was_asked_in_the_form(client, strategy):
    page = client.get("/en/goals-and-measures/?q=pipes&status=not_started&organisation=B")

    text = page.content.decode()
    assert 'value="pipes"' in text
    assert '<option value="not_started" selected>' in text
    assert '<option value="B" selected>' in text
    assert "1 measure " in text


@pytest.mark.parametrize(("language", "name"), [("sl", "stanje"), ("en", "status")])
def test_names_the_parameters_in_the_language_of_the_page(client, strategy, language, name):
    path = {"sl": "/sl/cilji-in-ukrepi/", "en": "/en/goals-and-measures/"}[language]

    page = client.get(path, {name: "achieved"}).content.decode()

    assert "1.1.1" in page
    assert "1.2.1" not in page


def test_the_language_switch_keeps_the_question(client, strategy):
    page = client.get("/en/goals-and-measures/?q=pipes&status=none&unknown=1").content.decode()

    assert 'href="/sl/cilji-in-ukrepi/?q=pipes&amp;stanje=none"' in page


def test_says_so_where_nothing_answers(client, strategy):
    page = client.get("/en/goals-and-measures/?q=nowhere").content.decode()

    assert 'class="empty"' in page


@pytest.mark.parametrize("query", ["q=thirsty", "q=clean", "organisation=A"])
def test_never_calls_unpublished_what_the_filter_hides(client, strategy, query):
    page = client.get(f"/en/goals-and-measures/?{query}").content.decode()

    assert "No measure has been published yet" not in page
    assert "No objective has been published yet" not in page
