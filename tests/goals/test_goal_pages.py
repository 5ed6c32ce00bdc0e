"""The pages of a goal and of an objective: what is promised, by whom, and what is not published."""

import pytest
from django.core.exceptions import ValidationError

from portal.common.services import save_record
from portal.common.states import ContentState
from tests.factories import (
    CommitmentFactory,
    FactFactory,
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObjectiveFactory,
    OrganisationFactory,
    StrategyFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def read(client, record, language="en") -> str:
    answer = client.get(record.url_in(language))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_goal_without_objectives_says_so_on_purpose(client):
    goal = GoalFactory(
        content_state=ContentState.NONE,
        content_note_sl="Cilj je sprejet.",
        content_note_en="The goal has been adopted.",
    )

    page = read(client, goal)

    assert "The goal has been adopted." in page
    assert "not published yet" in page
    assert "Known since" in page
    assert goal.source in page


@pytest.mark.parametrize("factory", [GoalFactory, ObjectiveFactory, MeasureFactory])
def test_nothing_measured_is_never_zero(client, factory):
    record = factory()

    page = read(client, record)

    assert "0 %" not in page
    assert "0%" not in page
    assert "data-published-status" not in page


def test_names_in_one_sentence_all_that_is_missing(client):
    measure = MeasureFactory(organisation=None)
    IndicatorFactory(measure=measure)

    page = read(client, measure.objective)

    assert page.count('class="missing"') == 1
    assert "The City" in page.split('class="missing"')[1]


def test_shows_the_citys_own_status_with_source_and_date(client):
    goal = GoalFactory(
        published_state="partly_achieved",
        published_text_sl="Deloma.",
        published_text_en="In part.",
        published_on="2026-04",
        published_source="https://city.example/status",
    )

    page = read(client, goal)

    assert 'data-published-status="partly_achieved"' in page
    assert "In part." in page
    assert '<time datetime="2026-04">April 2026</time>' in page
    assert "https://city.example/status" in page


def test_says_what_is_due_next(client):
    indicator = IndicatorFactory(name_en="Wells")
    TargetFactory(indicator=indicator, by="2020", by_precision="year", text_en="past")
    TargetFactory(indicator=indicator, by="2199-06", text_sl="več", text_en="more wells")

    block = read(client, indicator.measure.objective).split('id="next"')[1].split("</section>")[0]

    assert "more wells" in block
    assert 'datetime="2199-06"' in block
    assert "past" not in block


def test_lists_those_responsible_once(client):
    office = OrganisationFactory(name_en="Office of water")
    objective = ObjectiveFactory()
    MeasureFactory.create_batch(2, objective=objective, organisation=office)

    block = read(client, objective).split('id="owner"')[1].split("</section>")[0]

    assert block.count("Office of water") == 1


def test_leads_up_and_to_the_neighbours(client):
    strategy = StrategyFactory()
    first, middle, last = (GoalFactory(strategy=strategy, code=code) for code in ("2", "9", "10"))

    page = read(client, middle)

    assert f'href="{first.url_in("en")}" rel="prev"' in page
    assert f'href="{last.url_in("en")}" rel="next"' in page
    assert 'href="/en/goals-and-measures/" rel="up"' in page


def test_gives_every_measure_and_indicator_a_lasting_anchor(client):
    indicator = IndicatorFactory(code="K7", measure__code="1.1.7")

    page = read(client, indicator.measure.objective)

    assert 'id="1.1.7"' in page
    assert 'id="K7"' in page


@pytest.mark.parametrize("language", ["sl", "en"])
def test_no_text_becomes_markup(client, language):
    goal = GoalFactory(title_sl=XSS, title_en=XSS, summary_sl=XSS, summary_en=XSS)
    CommitmentFactory(goal=goal, text_sl=XSS, text_en=XSS)
    objective = ObjectiveFactory(goal=goal, title_sl=XSS, title_en=XSS)
    FactFactory(objective=objective, text_sl=XSS, text_en=XSS, unit=XSS[:40])

    for record in (goal, objective):
        page = read(client, record, language)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_text_in_one_language_leads_to_its_original(client):
    goal = GoalFactory()
    CommitmentFactory(goal=goal, text_sl="Samo slovensko.", text_en="")

    page = read(client, goal)

    assert "Samo slovensko." not in page
    assert f'href="{goal.url_in("sl")}" lang="sl"' in page


@pytest.mark.parametrize(
    "sources",
    [
        ["javascript:alert(1)"],
        ["https://city.example/", "nonsense"],
        [1],
        {"a": "https://city.example/"},
        "https://city.example/",
        [["https://city.example/"]],
    ],
)
def test_sources_of_a_strategy_are_web_addresses(sources):
    strategy = StrategyFactory()
    strategy.sources = sources

    with pytest.raises(ValidationError):
        save_record(record=strategy, by=None)


def test_a_record_stays_in_its_strategy():
    objective = ObjectiveFactory()
    other = StrategyFactory(code="other", slug_sl="druga", slug_en="other", is_current=False)
    objective.goal = GoalFactory(strategy=other)

    with pytest.raises(ValidationError):
        save_record(record=objective, by=None)
