"""Addresses stay valid: in the other language, after a new name, after a move."""

import pytest
from django.http import Http404
from django.test import Client
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goals.models import Goal
from portal.common.addresses import find_by_slug
from portal.common.services import save_record
from tests.factories import (
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    ObjectiveFactory,
    OrganisationFactory,
    ProjectFactory,
    StrategyFactory,
)

pytestmark = pytest.mark.django_db

MOST_HOPS = 3


def rename(record, **slugs):
    for column, slug in slugs.items():
        setattr(record, column, slug)
    save_record(record=record, by=None)


def follow(path: str) -> list[tuple[int, str]]:
    """Every answer on the way from ``path`` to a page, as (status, address)."""
    client, steps = Client(), []
    while len(steps) <= MOST_HOPS:
        answer = client.get(path)
        steps.append((answer.status_code, path))
        if answer.status_code != 301:
            return steps
        path = answer.headers["Location"]
    raise AssertionError(f"no end: {steps}")


@pytest.fixture
def goal():
    return GoalFactory(slug_sl="voda", slug_en="water")


@pytest.mark.parametrize("language", ["sl", "en"])
@pytest.mark.parametrize("slug", ["voda", "water", "reka", "river"])
def test_finds_a_record_by_all_its_addresses(goal, language, slug):
    rename(goal, slug_sl="reka", slug_en="river")

    with override(language):
        assert find_by_slug(Goal.objects.all(), slug) == goal


@pytest.mark.parametrize("slug", ["vod", "VODA", "voda-", "None", "", "-"])
def test_finds_nothing_by_other_words(goal, slug):
    GoalFactory(draft=True, slug_sl=None, slug_en="")

    with pytest.raises(Http404):
        find_by_slug(Goal.objects.exclude(slug_sl=None), slug)


def test_who_has_an_address_goes_before_who_had_it(goal):
    rename(goal, slug_en="river")
    new = GoalFactory(slug_sl="nova", slug_en="water")

    with override("en"):
        assert find_by_slug(Goal.objects.all(), "water") == new


def test_who_had_an_address_last_goes_first(goal):
    other = GoalFactory(slug_sl="druga", slug_en="other")
    rename(other, slug_en="lake")
    rename(goal, slug_en="other")
    rename(goal, slug_en="river")

    with override("en"):
        assert find_by_slug(Goal.objects.all(), "other") == goal


def test_the_language_of_the_page_goes_first(goal):
    other = GoalFactory(slug_sl="water", slug_en="other")
    rename(goal, slug_en="river")

    with override("en"):
        assert find_by_slug(Goal.objects.all(), "water") == goal
    with override("sl"):
        assert find_by_slug(Goal.objects.all(), "water") == other


RECORDS = {
    "goal": GoalFactory,
    "objective": ObjectiveFactory,
    "measure": MeasureFactory,
    "project": ProjectFactory,
    "indicator": IndicatorFactory,
    "organisation": OrganisationFactory,
}


@pytest.mark.parametrize("kind", RECORDS)
@pytest.mark.parametrize("language", ["sl", "en"])
def test_old_and_foreign_addresses_lead_to_the_page(client, kind, language):
    StrategyFactory()
    record = RECORDS[kind](slug_sl="star", slug_en="old")
    former = record.url_in(language)
    rename(record, slug_sl="nov", slug_en="new")
    own = record.url_in(language)
    foreign = own.replace("nov", "new") if language == "sl" else own.replace("new", "nov")

    for path in (former, foreign):
        answer = client.get(f"{path}?a=1&b=%C5%A1")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"{own}?a=1&b=%C5%A1"
    assert client.get(own).status_code == 200


@pytest.mark.parametrize("language", ["sl", "en"])
def test_a_new_name_above_leads_on_too(language):
    measure = MeasureFactory()
    former = measure.url_in(language)
    goal = measure.objective.goal
    rename(goal, slug_sl="nov-cilj", slug_en="new-goal")
    rename(measure.objective, slug_sl="nov-specificni-cilj", slug_en="new-objective")
    measure.objective.goal = goal

    assert follow(former) == [(301, former), (200, measure.url_in(language))]


@pytest.mark.parametrize("language", ["sl", "en"])
def test_a_measure_that_has_moved_is_found(language):
    measure = MeasureFactory()
    former = measure.url_in(language)
    measure.objective = ObjectiveFactory(goal__strategy=measure.strategy)
    save_record(record=measure, by=None)

    assert follow(former) == [(301, former), (200, measure.url_in(language))]


@pytest.mark.parametrize("language", ["sl", "en"])
def test_an_objective_that_has_moved_is_found_with_its_measures(language):
    measure = MeasureFactory()
    objective = measure.objective
    former = [record.url_in(language) for record in (objective, measure)]
    objective.goal = GoalFactory(strategy=measure.strategy)
    save_record(record=objective, by=None)

    for path, record in zip(former, (objective, measure), strict=True):
        assert follow(path) == [(301, path), (200, record.url_in(language))]


@pytest.mark.parametrize(
    "path",
    [
        "/en/goals-and-measures/water/nothing/",
        "/en/goals-and-measures/nothing/",
        "/en/goals-and-measures/nothing/nothing/nothing/",
        "/en/goals-and-measures/water/nothing/nothing/",
        "/en/projects/water/",
        "/en/indicators/water/",
        "/en/organisations/water/",
    ],
)
def test_what_never_was_is_not_found(client, goal, path):
    assert client.get(path).status_code == 404


def test_a_strategy_that_is_not_shown_has_no_pages(client):
    StrategyFactory()
    other = StrategyFactory(code="old", slug_sl="stara", slug_en="old", is_current=False)
    goal = GoalFactory(strategy=other)

    assert client.get(goal.url_in("en")).status_code == 404


WORDS = ["a", "b", "c", "d"]
STEP = st.tuples(st.integers(0, 2), st.sampled_from(["slug_sl", "slug_en"]), st.sampled_from(WORDS))


def own_slug(slug: str) -> str | None:
    """Where a request for ``slug`` is led to."""
    try:
        return find_by_slug(Goal.objects.all(), slug).slug
    except Http404:
        return None


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEP, max_size=8), st.sampled_from(["sl", "en"]))
def test_no_history_of_names_makes_a_circle(db, steps, language):
    Goal.objects.all().delete()
    goals = [GoalFactory(slug_sl=f"s{n}", slug_en=f"e{n}") for n in range(3)]
    for place, column, word in steps:
        if not Goal.objects.filter(**{column: word}).exists():
            rename(goals[place], **{column: word})

    with override(language):
        for word in [*WORDS, *(goal.slug for goal in goals)]:
            target = own_slug(word)
            assert target is None or own_slug(target) == target
        assert all(own_slug(goal.slug) == goal.slug for goal in goals)
