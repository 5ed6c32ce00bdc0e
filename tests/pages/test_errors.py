"""Error pages stand by themselves: in the right language, without database, cache or cookie."""

import re

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, RequestFactory

from portal.pages import errors, views
from tests.factories import GoalFactory

LANGUAGES = ["sl", "en"]
RAISED = {400: SuspiciousOperation, 403: PermissionDenied, 500: RuntimeError}


@pytest.fixture
def nothing_works(monkeypatch):
    """Neither the database nor the cache answers."""

    def breaks(*args, **kwargs):
        raise OperationalError("no database")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", breaks)
    monkeypatch.setattr(BaseDatabaseWrapper, "connect", breaks)
    for name in ("get", "set", "add", "delete"):
        monkeypatch.setattr(LocMemCache, name, breaks)


def ask(path: str, **headers) -> tuple[int, str, object]:
    client = Client(raise_request_exception=False, headers=headers)
    answer = client.get(path)
    text = answer.content.decode()
    return answer.status_code, re.search(r'<html lang="(\w+)"', text)[1], answer


def assert_stands_alone(answer) -> None:
    assert not answer.cookies
    assert "<h1>" in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", RAISED)
def test_says_what_happened_without_database_and_cache(
    nothing_works, monkeypatch, language, status
):
    def breaks(*args, **kwargs):
        raise RAISED[status]

    monkeypatch.setattr(views, "render_page", breaks)
    monkeypatch.setattr(views, "shown_strategy", lambda request: None)

    found, spoken, answer = ask(f"/{language}/")

    assert (found, spoken) == (status, language)
    assert_stands_alone(answer)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["nothing/", "nothing/at/all", "projekt/x/"])
def test_says_that_a_page_is_missing_without_database(nothing_works, language, path):
    status, spoken, answer = ask(f"/{language}/{path}")

    assert (status, spoken) == (404, language)
    assert_stands_alone(answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lost_database_is_a_fault_of_ours(nothing_works, language):
    status, spoken, answer = ask(
        f"/{language}/indicators/" if language == "en" else "/sl/kazalniki/"
    )

    assert (status, spoken) == (500, language)
    assert_stands_alone(answer)


@pytest.mark.django_db
def test_the_administration_breaks_politely_too(nothing_works):
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    client.cookies["sessionid"] = "x" * 32

    answer = client.get("/admin/")

    assert answer.status_code == 500
    assert_stands_alone(answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_need_no_content_but_a_database(nothing_works, language):
    status, spoken, _answer = ask("/sl/zasebnost/" if language == "sl" else "/en/privacy/")

    assert (status, spoken) == (500, language)


@pytest.mark.parametrize(
    ("asked", "spoken"), [("en", "en"), ("sl", "sl"), ("de", "sl"), ("en-US,sl;q=0.1", "en")]
)
def test_without_a_language_in_the_address_the_reader_chooses(asked, spoken):
    status, found, _answer = ask("/nothing", **{"accept-language": asked})

    assert (status, found) == (404, spoken)


def error_page(status: int, language: str) -> str:
    request = RequestFactory().get(f"/{language}/x/")
    if status == 500:
        return errors.server_error(request).content.decode()
    handlers = {
        400: errors.bad_request,
        403: errors.permission_denied,
        404: errors.not_found,
    }
    return handlers[status](request, None).content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_every_error_is_worded_in_both_languages(status):
    pages = {language: error_page(status, language) for language in LANGUAGES}

    headings = [re.search("<h1>([^<]+)</h1>", page)[1] for page in pages.values()]
    assert len(set(headings)) == 2
    for language, page in pages.items():
        assert f'<html lang="{language}"' in page
        assert str(status) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_error_pages_ask_the_database_nothing(db, django_assert_num_queries, language):
    with django_assert_num_queries(0):
        ask(f"/{language}/nothing/")
        ask(f"/{language}/%00/")


@pytest.mark.parametrize(("language", "way"), [("sl", "/sl/iskanje/"), ("en", "/en/search/")])
def test_a_missing_page_shows_ways_on(language, way):
    _status, _spoken, answer = ask(f"/{language}/nothing/")

    text = answer.content.decode()
    assert f'href="{way}"' in text
    assert f'href="/{language}/"' in text


@pytest.mark.django_db
def test_a_broken_page_tells_nobody_why(monkeypatch):
    GoalFactory()
    monkeypatch.setattr(views, "load_tree", lambda *args: 1 / 0)

    status, _spoken, answer = ask("/en/")

    assert status == 500
    assert "ZeroDivision" not in answer.content.decode()
    assert connection.is_usable()
