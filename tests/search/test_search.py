"""Search by title: in the language of the page only, never the other one, never a draft."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from portal.search import services
from portal.search.services import search_titles
from tests.factories import (
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObjectiveFactory,
    ProjectFactory,
    StrategyFactory,
)

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


@pytest.fixture
def strategy():
    return StrategyFactory()


def goal(**values):
    return GoalFactory(**values)


def titles(strategy, query, language="sl", user=NOBODY) -> list[str]:
    with override(language):
        return [result.title for result in search_titles(strategy, user, query)]


@pytest.mark.parametrize(
    "query", ["Čista", "cista", "ČISTA VODA", "voda cista", "vod", "  voda  ", "7.1", "isto"]
)
def test_finds_words_without_capitals_and_carons(strategy, query):
    goal(code="7.1", title_sl="Čisto čista voda", title_en="Clean")

    assert titles(strategy, query) == ["Čisto čista voda"]


@pytest.mark.parametrize("query", ["", "   ", "\u0301", "ogenj", "voda ogenj", "%", "_", ".*"])
def test_finds_nothing_else(strategy, query):
    goal(title_sl="Čista voda")

    assert titles(strategy, query) == []


def test_reads_the_language_of_the_page_only(strategy):
    goal(title_sl="Čista voda", title_en="Clean water")

    assert titles(strategy, "water", "sl") == []
    assert titles(strategy, "voda", "en") == []
    assert titles(strategy, "water", "en") == ["Clean water"]


@pytest.mark.parametrize(("language", "query"), [("sl", "water"), ("en", "voda")])
def test_never_shows_a_title_of_the_other_language(strategy, chief_editor, language, query):
    MeasureFactory(draft=True, title_sl="Čista voda", title_en=None)
    MeasureFactory(draft=True, title_sl="", title_en="Clean water")

    assert titles(strategy, query, language, chief_editor) == []


@pytest.mark.parametrize("language", ["sl", "en"])
def test_finds_every_level_and_leads_there(client, strategy, language):
    texts = {"title_sl": "Kresnica", "title_en": "Kresnica"}
    names = {"name_sl": "Kresnica", "name_en": "Kresnica"}
    factories = [GoalFactory, ObjectiveFactory, MeasureFactory, ProjectFactory]
    records = [factory(**texts) for factory in factories] + [IndicatorFactory(**names)]

    with override(language):
        results = search_titles(strategy, NOBODY, "kresnica")

    assert [result.url for result in results] == [record.url_in(language) for record in records]
    assert len({result.kind for result in results}) == 5


def test_titles_that_begin_with_the_word_come_first(strategy):
    for code, title in [
        ("1", "Stara voda"),
        ("2", "Voda"),
        ("10", "Vodni park"),
        ("3", "Nova voda"),
    ]:
        goal(code=code, title_sl=title)

    assert titles(strategy, "vod") == ["Voda", "Vodni park", "Stara voda", "Nova voda"]


def test_shows_a_limited_number(client, strategy, monkeypatch):
    monkeypatch.setattr(services, "MAX_RESULTS", 3)
    monkeypatch.setattr("portal.search.views.MAX_RESULTS", 3)
    for _ in range(5):
        goal(title_en="Water")

    assert len(titles(strategy, "water", "en")) == 3
    assert "The first 3 results" in client.get("/en/search/?q=water").content.decode()


def test_shows_drafts_to_those_who_edit_them(strategy, chief_editor, citizen):
    goal(draft=True, title_sl="Osnutek")

    assert titles(strategy, "osnutek", user=chief_editor) == ["Osnutek"]
    assert titles(strategy, "osnutek", user=citizen) == []


def test_a_page_without_a_question_only_asks_for_one(client, strategy):
    page = client.get("/en/search/").content.decode()

    assert 'name="q"' in page
    assert "result" not in page.split("<main")[1].split("</main>")[0].replace("search", "")


def test_the_page_shows_the_question_as_text(client, strategy):
    page = client.get("/en/search/", {"q": "<b>\"x\" & 'y'"}).content.decode()

    assert "<b>&quot;" not in page
    assert "&lt;b&gt;&quot;x&quot; &amp; &#x27;y&#x27;" in page


def test_says_so_where_nothing_was_found(client, strategy):
    page = client.get("/en/search/?q=nowhere").content.decode()

    assert 'class="empty"' in page


def test_search_engines_leave_results_alone(client, strategy):
    page = client.get("/en/search/?q=a").content.decode()

    assert '<meta name="robots" content="noindex">' in page
