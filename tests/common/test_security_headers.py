"""The policy and its companions stand on every kind of answer; readers get no cookie."""

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from portal.common.states import Publication
from portal.pages import views
from tests.factories import GoalFactory, StrategyFactory
from tests.pages.scenery import FIXED, fixed_address

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "manifest-src 'self'",
}
KINDS = {
    "page": ("/en/", 200),
    "front door": ("/", 302),
    "missing page": ("/en/nothing/", 404),
    "malformed": ("/en/%00/", 400),
    "wrong words": ("/en/projekti/", 301),
    "missing slash": ("/en/projects", 301),
    "sitemap": ("/sitemap.xml", 200),
    "health": ("/healthz", 200),
    "readiness": ("/readyz", 200),
    "administration": ("/admin/", 302),
    "sign-in": ("/en/account/login/", 200),
    "gallery": ("/en/gallery/", 302),
    "static file": ("/static/css/tokens.css", 200),
    "missing static file": ("/static/nothing.css", 404),
}


@pytest.fixture
def static_files(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "css").mkdir()
    (tmp_path / "css/tokens.css").write_text(":root{}")


def policy_of(answer) -> set[str]:
    return set(answer.headers["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_is_under_the_policy(static_files, kind):
    StrategyFactory()
    path, status = KINDS[kind]

    answer = Client().get(path)

    assert answer.status_code == status
    assert policy_of(answer) == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_a_fault_is_under_the_policy_too(monkeypatch):
    monkeypatch.setattr(views, "load_tree", lambda *args: 1 / 0)
    StrategyFactory()

    answer = Client(raise_request_exception=False).get("/en/")

    assert answer.status_code == 500
    assert policy_of(answer) == POLICY


def test_the_administration_is_under_the_policy(client, administrator):
    client.force_login(administrator)

    for name in ("admin:index", "admin:goals_goal_changelist", "admin:goals_goal_add"):
        answer = client.get(reverse(name))
        assert answer.status_code == 200
        assert policy_of(answer) == POLICY


def test_the_policy_allows_nothing_unsafe():
    words = " ".join(POLICY)

    assert "unsafe" not in words
    assert "*" not in words
    assert "http" not in words


@pytest.mark.parametrize("language", ["sl", "en"])
@pytest.mark.parametrize("route", FIXED)
def test_readers_get_no_cookie_and_no_form_with_a_token(client, route, language):
    StrategyFactory()

    answer = client.get(fixed_address(route, language))

    assert answer.status_code == 200
    assert not answer.cookies
    assert b"csrfmiddlewaretoken" not in answer.content


def test_a_page_differs_by_nothing_but_who_is_signed_in(client):
    StrategyFactory()

    varies = client.get("/en/").headers.get("Vary", "")

    assert {part.strip() for part in varies.split(",")} <= {"Cookie", "Accept-Encoding", ""}


def test_a_page_ignores_the_readers_language_and_device(client):
    goal = GoalFactory()
    plain = client.get(goal.url_in("sl")).content

    headers = {"accept-language": "en", "user-agent": "x", "hx-request": "true"}

    assert client.get(goal.url_in("sl"), headers=headers).content == plain


def test_a_stranger_with_an_old_session_reads_like_everybody(client):
    goal = GoalFactory()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "x" * 32
    client.cookies["language"] = "en"

    answer = client.get(goal.url_in("sl"))

    assert answer.status_code == 200
    assert answer.wsgi_request.user.is_anonymous
    assert "private" not in answer.headers.get("Cache-Control", "")


def test_an_account_that_was_closed_sees_no_draft_any_more(client, chief_editor):
    goal = GoalFactory(publication=Publication.DRAFT)
    client.force_login(chief_editor)
    assert client.get(goal.url_in("en")).status_code == 200

    chief_editor.is_active = False
    chief_editor.save()

    assert client.get(goal.url_in("en")).status_code == 404


@pytest.mark.parametrize("path", ["/admin/", "/en/account/login/"])
def test_pages_of_accounts_stay_out_of_caches(client, administrator, path):
    client.force_login(administrator)

    control = client.get(path, follow=True).headers["Cache-Control"]

    assert "no-store" in control
