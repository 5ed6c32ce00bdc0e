"""The one door, and who keeps the keys."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Membership, User
from portal.common.models import AuditEntry
from tests.factories import PASSWORD, UserFactory
from tests.staff.pages import add_row, fields_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def browser(administrator, sign_in):
    return sign_in(administrator)


def url_of(user) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


@pytest.mark.parametrize("method", ["get", "post"])
def test_sends_a_stranger_to_the_one_sign_in_page(method, editor):
    credentials = {"username": editor.email, "password": PASSWORD}

    sent = {} if method == "get" else {"data": credentials}
    response = getattr(Client(), method)(reverse("admin:login") + "?next=/admin/x/", **sent)

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))
    assert "next=%2Fadmin%2Fx%2F" in response.headers["Location"]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_leads_to_no_other_site(target, editor, sign_in):
    response = sign_in(editor).get(reverse("admin:login"), {"next": target})

    assert response.headers["Location"] == reverse("admin:index")


@pytest.mark.parametrize("role", ["citizen", "councillor", "moderator"])
def test_tells_people_without_rights_so(role, request, sign_in):
    browser = sign_in(request.getfixturevalue(role))

    response = browser.get(reverse("admin:index"), follow=True)

    assert response.status_code == 403
    assert "may not edit anything" in response.content.decode()
    assert len(response.redirect_chain) == 1


def test_signs_an_editor_in_and_out(editor):
    browser = Client()
    page = browser.get(reverse("admin:index"), follow=True)

    answer = browser.post(
        page.request["PATH_INFO"],
        {"login": editor.email, "password": PASSWORD, "next": reverse("admin:index")},
        follow=True,
    )
    assert answer.request["PATH_INFO"] == reverse("admin:index")
    assert answer.status_code == 200

    browser.post(reverse("admin:logout"))
    assert browser.get(reverse("admin:index")).status_code == 302


def test_stops_guessing(editor):
    url, browser = "/en/account/login/", Client()

    answers = [
        browser.post(url, {"login": editor.email, "password": f"guess {number}"})
        for number in range(12)
    ]

    assert b"oo many" in answers[-1].content
    assert b"oo many" not in answers[0].content


def test_makes_no_account_for_visitors():
    response = Client().post(
        reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD}
    )

    assert response.status_code == 200
    assert not User.objects.exists()


@pytest.mark.parametrize("email", ["editor@example.org", "nobody@example.org"])
def test_answers_a_password_reset_the_same_for_everybody(editor, email):
    response = Client().post(reverse("account_reset_password"), {"email": email})

    assert response.status_code == 302
    assert response.headers["Location"] == reverse("account_reset_password_done")


def test_sets_a_new_password_by_mail(editor):
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": editor.email})
    link = next(word for word in mail.outbox[0].body.split() if "password/reset/key" in word)
    page = browser.get(link, follow=True)

    new = "another long password"
    browser.post(page.request["PATH_INFO"], {"password1": new, "password2": new})

    editor.refresh_from_db()
    assert editor.check_password(new)


@pytest.mark.parametrize(
    "name",
    [
        *("account_login", "account_reset_password", "account_reset_password_done"),
        *("account_reset_password_from_key_done", "account_signup", "account_inactive"),
    ],
)
def test_account_pages_open(name):
    response = Client().get(reverse(name))

    assert response.status_code == 200
    assert b"<h1>" in response.content


def test_says_when_a_reset_link_is_spent():
    url = reverse("account_reset_password_from_key", args=["1", "x-y"])

    assert (
        "no longer works"
        in Client(headers={"accept-language": "en"})
        .get(url.replace("/sl/racun/", "/en/account/"), follow=True)
        .content.decode()
    )


def test_makes_an_account_with_history(browser, administrator):
    password = "a very long password"
    send(
        browser,
        reverse("admin:accounts_user_add"),
        email="New.Editor@example.org",
        display_name="New Editor",
        is_staff="on",
        usable_password="true",
        password1=password,
        password2=password,
    )

    user = User.objects.get(email="new.editor@example.org")
    assert user.check_password(password)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by) == ("created", administrator)
    assert "password" not in entry.changes


def test_refuses_an_address_that_is_taken(browser, editor):
    data = fields_of(browser.get(reverse("admin:accounts_user_add")))
    changes = {"email": editor.email.upper(), "password1": "x" * 20, "password2": "x" * 20}

    response = browser.post(reverse("admin:accounts_user_add"), data | changes)

    assert response.status_code == 200
    assert User.objects.filter(email__iexact=editor.email).count() == 1


def test_gives_a_role(browser, citizen, organisation_a):
    row = {"role": "editor", "organisation": str(organisation_a.pk)}

    add_row(browser, url_of(citizen), "memberships", row, is_staff="on")

    assert Membership.objects.get().user == citizen
    assert AuditEntry.objects.filter(model="accounts.membership").count() == 1


def test_an_editor_needs_an_organisation(browser, citizen):
    response = add_row(browser, url_of(citizen), "memberships", {"role": "editor"})

    assert response.status_code == 200
    assert not Membership.objects.exists()


def test_a_role_is_given_once(browser, citizen):
    add_row(browser, url_of(citizen), "memberships", {"role": "moderator"})

    response = add_row(browser, url_of(citizen), "memberships", {"role": "moderator"})

    assert response.status_code == 200
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("right", ["is_superuser", "is_staff", "is_active"])
def test_nobody_locks_themselves_out(browser, administrator, right):
    data = fields_of(browser.get(url_of(administrator)))
    del data[right]

    response = browser.post(url_of(administrator), data)

    assert response.status_code == 200
    administrator.refresh_from_db()
    assert getattr(administrator, right)


def test_nobody_deletes_themselves(browser, administrator):
    url = reverse("admin:accounts_user_delete", args=[administrator.pk])

    assert browser.post(url, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=administrator.pk).exists()


def test_a_former_address_no_longer_opens_the_account(browser, editor):
    EmailAddress.objects.create(user=editor, email=editor.email, verified=True, primary=True)

    send(browser, url_of(editor), email="new@example.org")

    assert not EmailAddress.objects.exists()
    assert not Client().login(email="editor@example.org", password=PASSWORD)


def test_remembers_that_a_password_was_changed_but_not_which(browser, administrator, editor):
    new = "another long password"
    url = reverse("admin:auth_user_password_change", args=[editor.pk])

    browser.post(url, {"password1": new, "password2": new, "usable_password": "true"})

    editor.refresh_from_db()
    assert editor.check_password(new)
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.changes) == (administrator, {"password": [None, None]})


def test_people_change_their_own_password(editor, sign_in):
    browser, new = sign_in(editor), "another long password"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    browser.post(reverse("admin:password_change"), data)

    editor.refresh_from_db()
    assert editor.check_password(new)
    assert AuditEntry.objects.get().by == editor


def test_a_change_of_password_ends_other_sessions(browser, editor, sign_in):
    elsewhere, new = sign_in(editor), "another long password"
    url = reverse("admin:auth_user_password_change", args=[editor.pk])

    browser.post(url, {"password1": new, "password2": new, "usable_password": "true"})

    assert elsewhere.get(reverse("admin:index")).status_code == 302


def test_shows_the_history_of_an_account_without_secrets(browser, editor):
    send(browser, url_of(editor), display_name="Other name")

    page = browser.get(reverse("admin:accounts_user_history", args=[editor.pk])).content.decode()

    assert "<ins>" in page
    assert editor.password not in page


def test_lets_in_no_page_that_another_package_brings():
    from django.contrib import admin

    from portal.accounts.staff import ServiceAdmin

    assert all(isinstance(page, ServiceAdmin) for page in admin.site._registry.values())


def test_counts_a_deactivated_chief_editor_as_nobody(chief_editor, sign_in):
    browser = sign_in(chief_editor)
    User.objects.filter(pk=chief_editor.pk).update(is_active=False)

    assert browser.get(reverse("admin:index")).status_code == 302


def test_a_role_without_staff_status_opens_nothing(sign_in, organisation_a):
    user = UserFactory()
    Membership.objects.create(user=user, role="editor", organisation=organisation_a)

    assert sign_in(user).get(reverse("admin:index")).status_code == 302
