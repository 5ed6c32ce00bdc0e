"""Words of the other language in an address lead to the right address."""

import pytest
from django.test import Client

from portal.common.segments import in_language, split_language
from tests.factories import IndicatorFactory, MeasureFactory, ProjectFactory, StrategyFactory

pytestmark = pytest.mark.django_db

FOREIGN = [
    ("/en/cilji-in-ukrepi/", "/en/goals-and-measures/"),
    ("/sl/goals-and-measures/", "/sl/cilji-in-ukrepi/"),
    ("/en/o-strategiji/", "/en/about-the-strategy/"),
    ("/sl/indicators/data-status/", "/sl/kazalniki/stanje-podatkov/"),
    ("/sl/kazalniki/data-status/", "/sl/kazalniki/stanje-podatkov/"),
    ("/en/kazalniki/data-status/", "/en/indicators/data-status/"),
    ("/en/kazalniki/stanje-podatkov/", "/en/indicators/data-status/"),
    ("/en/iskanje/", "/en/search/"),
    ("/sl/privacy/", "/sl/zasebnost/"),
    ("/en/projekti/a-b/", "/en/projects/a-b/"),
    ("/en/cilji-in-ukrepi/a/b/c/", "/en/goals-and-measures/a/b/c/"),
    # Without the last slash there is one redirect, not two.
    ("/en/cilji-in-ukrepi", "/en/goals-and-measures/"),
]
ELSEWHERE = [
    *("/en/nothing/", "/nothing/", "/de/cilji-in-ukrepi/", "/en/", "/", "//", ""),
    *("/en//cilji-in-ukrepi/", "/en/../cilji-in-ukrepi/", "/en/goals-and-measures/"),
    *("//evil.example/cilji-in-ukrepi/", "/en/cilji-in-ukrepi/a/b/c/d/", "/EN/cilji-in-ukrepi/"),
]


@pytest.mark.parametrize(("path", "target"), FOREIGN)
def test_translates_the_words_of_an_address(path, target):
    assert in_language(path) == target
    assert in_language(target) is None


@pytest.mark.parametrize("path", ELSEWHERE)
def test_leaves_other_addresses_alone(path):
    assert in_language(path) is None


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/sl/projekti/", ("sl", "projekti/")),
        ("/en/", ("en", "")),
        ("/de/x/", (None, "de/x/")),
        ("/english/", (None, "english/")),
        ("/", (None, "")),
    ],
)
def test_splits_the_language_off(path, parts):
    assert split_language(path) == parts


@pytest.mark.parametrize(("path", "target"), FOREIGN)
def test_redirects_for_good_and_keeps_the_question(client, path, target):
    StrategyFactory()

    answer = client.get(f"{path}?q=%C5%A1ola&x=1")

    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{target}?q=%C5%A1ola&x=1"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/sl/goals-and-measures/?status=none&q=a", "/sl/cilji-in-ukrepi/?stanje=none&q=a"),
        ("/en/cilji-in-ukrepi/?stanje=none&x=1&x=2", "/en/goals-and-measures/?status=none&x=1&x=2"),
        ("/en/cilji-in-ukrepi/?organizacija=A", "/en/goals-and-measures/?organisation=A"),
    ],
)
def test_names_of_parameters_are_translated_too(client, path, target):
    assert client.get(path).headers["Location"] == target


def test_a_head_request_is_redirected_too(client):
    answer = client.head("/en/cilji-in-ukrepi/")

    assert answer.status_code == 301


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_would_write_is_not_redirected(client, method):
    answer = getattr(client, method)("/en/cilji-in-ukrepi/")

    assert answer.status_code == 404


@pytest.mark.parametrize("factory", [MeasureFactory, ProjectFactory, IndicatorFactory])
def test_foreign_words_and_slugs_together_end_at_the_page(factory):
    record = factory()
    path = "/en" + record.url_in("sl").removeprefix("/sl")

    answer = Client().get(path, follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain == [
        (answer.redirect_chain[0][0], 301),
        (record.url_in("en"), 301),
    ]


def test_what_never_was_ends_in_not_found():
    StrategyFactory()

    answer = Client().get("/en/projekti/nothing/", follow=True)

    assert answer.redirect_chain == [("/en/projects/nothing/", 301)]
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/de/", "/de/goals-and-measures/", "/xx/", "/sl-si/", "/SL/"])
def test_other_languages_are_not_found(path):
    StrategyFactory()

    assert Client().get(path, follow=True).status_code == 404


@pytest.mark.parametrize(
    ("asked", "language"),
    [("sl", "sl"), ("en-GB,en;q=0.9", "en"), ("de", "sl"), ("", "sl"), ("*;;q=x", "sl")],
)
def test_the_front_door_goes_by_the_readers_language(client, asked, language):
    answer = client.get("/", headers={"accept-language": asked})

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/{language}/"
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_missing_slash_is_added(client):
    StrategyFactory()

    answer = client.get("/en/projects?x=1")

    assert answer.status_code == 301
    assert answer.headers["Location"] == "/en/projects/?x=1"
