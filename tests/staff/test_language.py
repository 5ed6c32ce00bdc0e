"""The administration speaks the language of the person who works in it."""

from pathlib import Path

import allauth
import django
import html5lib
import polib
import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests import factories as f
from tests.repository.source import ROOT

pytestmark = pytest.mark.django_db

PACKAGES = [
    Path(django.__file__).parent / "conf",
    Path(django.__file__).parent / "contrib/admin",
    Path(django.__file__).parent / "contrib/auth",
    Path(allauth.__file__).parent,
]
SPOKEN = ("aria-label", "alt", "placeholder", "title")


def texts_of(node):
    """What a person reads or hears of the page, but not what they have written themselves."""
    if not isinstance(node.tag, str) or node.tag in ("script", "style", "textarea"):
        return
    yield node.text or ""
    yield from (node.get(name) for name in SPOKEN if node.get(name))
    if node.tag == "input" and node.get("type") in ("submit", "button"):
        yield node.get("value") or ""
    for child in node:
        yield from texts_of(child)
        yield child.tail or ""


def messages(language: str, attribute: str) -> set[str]:
    """The messages of the packages and of the portal, as written in a language."""
    catalogues = [folder / f"locale/{language}/LC_MESSAGES/django.po" for folder in PACKAGES]
    catalogues.append(ROOT / "locale/sl/LC_MESSAGES/django.po")
    entries = (entry for path in catalogues for entry in polib.pofile(str(path)))
    return {getattr(entry, attribute) for entry in entries if len(entry.msgid) > 2}


@pytest.fixture(scope="module")
def english() -> set[str]:
    return messages("en", "msgid") - messages("sl", "msgstr")


def addresses():
    """Every page of every kind of record, with one record to look at."""
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        record = model._default_manager.first()
        arguments = [record.pk] if record else []
        for page in ("changelist", "add", "import", "export"):
            yield f"{base}_{page}", []
        for page in ("change", "history", "delete") if record else ():
            yield f"{base}_{page}", arguments
    yield "admin:index", []
    yield "admin:password_change", []


def pages(browser):
    for name, arguments in addresses():
        try:
            answer = browser.get(reverse(name, args=arguments))
        except NoReverseMatch:
            continue
        if answer.status_code == 200 and not answer.streaming:
            text = answer.content.decode()
            yield name, html5lib.parse(text, namespaceHTMLElements=False)


@pytest.fixture
def browser(client):
    client.force_login(f.UserFactory(administrator=True, language="sl"))
    measure = f.MeasureFactory()
    indicator = f.IndicatorFactory(measure=measure)
    for make in (f.CriteriaVersionFactory, f.ExternalEventFactory, f.OverrideFactory):
        make(indicator=indicator)
    f.ConfirmationFactory(indicator=indicator)
    f.ObservationEvidenceFactory(observation=f.ObservationFactory(indicator=indicator))
    f.EvidenceFactory(report=f.ProgressReportFactory(measure=measure))
    f.MilestoneFactory()
    f.AmendmentFactory()
    f.DistrictFactory()
    f.TargetFactory()
    return client


def test_no_english_is_on_a_page_for_a_slovenian_reader(browser, english):
    found = {
        name: words
        for name, page in pages(browser)
        if (words := {" ".join(text.split()) for text in texts_of(page)} & english)
    }

    assert not found


def test_every_kind_of_record_is_looked_at(browser):
    looked_at = {name for name, _page in pages(browser)}

    assert len(looked_at) > 2 * len(admin.site._registry)
