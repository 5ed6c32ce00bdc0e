"""Editors see drafts on the public pages, marked as such, and nobody's cache keeps them."""

import pytest

from tests.factories import (
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObjectiveFactory,
    ProjectFactory,
    StrategyFactory,
)

pytestmark = pytest.mark.django_db

BANNER = "draft-banner"
FACTORIES = [GoalFactory, ObjectiveFactory, MeasureFactory, ProjectFactory, IndicatorFactory]
OVERVIEWS = [
    *("/en/", "/en/goals-and-measures/", "/en/projects/", "/en/indicators/"),
    *("/en/indicators/data-status/", "/en/search/?q=osnutek", "/en/organisations/"),
]


@pytest.mark.parametrize("factory", FACTORIES)
def test_marks_a_draft_for_those_who_edit_it(client, chief_editor, factory):
    draft = factory(draft=True)
    client.force_login(chief_editor)

    page = client.get(draft.url_in("en"))

    assert page.status_code == 200
    assert BANNER in page.content.decode()


@pytest.mark.parametrize("factory", [MeasureFactory, ProjectFactory, IndicatorFactory])
def test_shows_a_draft_to_the_editor_of_its_organisation(client, editor, organisation_a, factory):
    draft = factory(draft=True, organisation=organisation_a)
    client.force_login(editor)

    assert BANNER in client.get(draft.url_in("en")).content.decode()


@pytest.mark.parametrize("person", ["citizen", "councillor", "other_editor"])
@pytest.mark.parametrize("factory", FACTORIES)
def test_hides_a_draft_from_everybody_else(client, request, organisation_a, factory, person):
    owned = factory in (MeasureFactory, ProjectFactory, IndicatorFactory)
    draft = factory(draft=True, **({"organisation": organisation_a} if owned else {}))
    client.force_login(request.getfixturevalue(person))

    assert client.get(draft.url_in("en")).status_code == 404


def test_marks_what_stands_below_a_draft(client, chief_editor):
    measure = MeasureFactory(objective__draft=True)
    client.force_login(chief_editor)

    assert BANNER in client.get(measure.url_in("en")).content.decode()


def test_marks_nothing_that_is_public(client, chief_editor):
    goal = GoalFactory()
    client.force_login(chief_editor)

    assert BANNER not in client.get(goal.url_in("en")).content.decode()


@pytest.mark.parametrize("nothing", [None, ""])
@pytest.mark.parametrize("factory", FACTORIES)
def test_previews_a_draft_in_one_language(client, chief_editor, factory, nothing):
    name = "name" if factory is IndicatorFactory else "title"
    texts = {f"{name}_sl": "Osnutek", f"{name}_en": nothing, "slug_en": nothing}
    draft = factory(draft=True, slug_sl="osnutek", **texts)
    client.force_login(chief_editor)

    page = client.get(draft.url_in("en"))

    assert page.status_code == 200
    assert '<h1 lang="sl">Osnutek' in page.content.decode()


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_draft_without_any_address_breaks_no_page(client, chief_editor, nothing):
    StrategyFactory()
    for factory in FACTORIES:
        factory(draft=True, slug_sl=nothing, slug_en=nothing)
    client.force_login(chief_editor)

    assert {client.get(path).status_code for path in OVERVIEWS} == {200}


@pytest.mark.parametrize("path", ["/en/", "/en/goals-and-measures/voda/", "/en/search/"])
def test_keeps_pages_of_signed_in_people_out_of_caches(client, chief_editor, path):
    GoalFactory(draft=True, slug_sl="voda", slug_en="water")
    client.force_login(chief_editor)

    answer = client.get(path)

    assert answer.status_code in (200, 301)
    assert answer.headers["Cache-Control"] == "private, no-store"
