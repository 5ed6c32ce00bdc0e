"""“Nothing has changed”: one click away, a sentence, and nothing for others."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from indicators.models import Confirmation
from portal.common.models import AuditEntry, OutboxMessage
from tests import factories as f

pytestmark = pytest.mark.django_db

SENTENCE = "Checked with the office: nothing has changed."


@pytest.fixture
def indicator(organisation_a):
    return f.IndicatorFactory(measure__organisation=organisation_a, update_rhythm="yearly")


@pytest.fixture
def foreign(organisation_b):
    return f.IndicatorFactory(measure__organisation=organisation_b, update_rhythm="yearly")


@pytest.fixture
def browser(editor, client):
    client.force_login(editor)
    return client


def page(record) -> str:
    return reverse("admin:confirm", args=[record._meta.model_name, record.pk])


def test_keeps_the_word_of_an_editor(browser, editor, indicator):
    answer = browser.post(page(indicator), {"sentence_en": f"  {SENTENCE}\n"})

    word = Confirmation.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("admin:indicators_indicator_change", args=[indicator.pk])
    assert (word.indicator, word.by, word.on) == (indicator, editor, timezone.localdate())
    assert (word.sentence_en, word.sentence_sl) == (SENTENCE, None)
    assert AuditEntry.objects.get().by == editor
    assert OutboxMessage.objects.get().key == f"indicator:{indicator.pk}"


@pytest.mark.parametrize("kind", ["measure", "project"])
def test_confirms_measures_and_projects_too(browser, organisation_a, kind):
    make = {"measure": f.MeasureFactory, "project": f.ProjectFactory}[kind]
    record = make(organisation=organisation_a)

    browser.post(page(record), {"sentence_sl": "Vse teče po načrtu."})

    assert Confirmation.objects.get().subject == record


def test_the_same_word_twice_on_a_day_is_one(browser, indicator):
    for _click in range(2):
        assert browser.post(page(indicator), {"sentence_en": SENTENCE}).status_code == 302

    assert Confirmation.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_another_sentence_on_the_same_day_is_another_word(browser, indicator):
    for words in (SENTENCE, "Looked at it once more."):
        browser.post(page(indicator), {"sentence_en": words})

    assert Confirmation.objects.count() == 2


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"sentence_sl": "", "sentence_en": ""},
        {"sentence_en": "Nothing."},
        {"sentence_en": "a" * 501},
        {"sentence_en": " " * 40},
        {"sentence_en": "\u200b" * 40},
        {"sentence_en": "short" + "\u202e" * 10},
        {"sentence_en": f"{SENTENCE}\x00"},
        {"sentence_sl": "kratko", "sentence_en": SENTENCE},
    ],
)
def test_refuses_what_is_no_sentence(browser, indicator, data):
    answer = browser.post(page(indicator), data)

    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert not Confirmation.objects.exists()


def test_looking_at_the_page_writes_nothing(browser, indicator):
    f.ObservationFactory(indicator=indicator, value=42)

    answer = browser.get(page(indicator), {"sentence_en": SENTENCE})

    assert answer.status_code == 200
    assert "42" in answer.content.decode()
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_records_of_others_are_not_there(browser, foreign, method):
    answer = getattr(browser, method)(page(foreign), {"sentence_en": SENTENCE})

    assert answer.status_code == 404
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize(
    "path",
    ["goal/1", "user/1", "indicator/0", "indicator/99999999999999999999", "indicator/x", "x"],
)
def test_no_other_record_can_be_confirmed(browser, indicator, path):
    answer = browser.post(f"/admin/confirm/{path}/", {"sentence_en": SENTENCE})

    assert answer.status_code == 404
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("person", ["anonymous", "citizen", "councillor", "moderator"])
def test_others_are_sent_away(client, request, indicator, person):
    user = request.getfixturevalue(person)
    if user.is_authenticated:
        client.force_login(user)

    answer = client.post(page(indicator), {"sentence_en": SENTENCE})

    assert answer.status_code == 302
    assert "/login/" in answer.url
    assert not Confirmation.objects.exists()


def test_needs_the_token_of_its_form(editor, indicator):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)

    answer = browser.post(page(indicator), {"sentence_en": SENTENCE})

    assert answer.status_code == 403
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_answers_no_other_method(browser, indicator, method):
    assert getattr(browser, method)(page(indicator)).status_code == 405


def test_forged_fields_change_nothing(browser, administrator, foreign, indicator):
    forged = {
        "on": "2020-01-01",
        "by": administrator.pk,
        "indicator": foreign.pk,
        "is_sample": "on",
    }

    browser.post(page(indicator), forged | {"sentence_en": SENTENCE})

    word = Confirmation.objects.get()
    assert (word.indicator, word.on) == (indicator, timezone.localdate())
    assert word.by != administrator
    assert not word.is_sample


def test_the_page_of_a_record_leads_there(browser, indicator):
    change = reverse("admin:indicators_indicator_change", args=[indicator.pk])

    assert f'href="{page(indicator)}"' in browser.get(change).content.decode()


def test_speaks_the_language_of_the_editor(browser, editor, indicator):
    type(editor).objects.filter(pk=editor.pk).update(language="sl")

    assert '<html lang="sl"' in browser.get(page(indicator)).content.decode()
