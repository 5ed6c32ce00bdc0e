"""No page of a city whose texts all say their language has a text of the other one."""

import re
from urllib.parse import unquote, urlsplit

import polib
import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tests.crawl import LANGUAGES, Page, crawl, public_pages
from tests.repository.source import ROOT

# One crawl serves several tests: keep them together in a parallel run.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("languages")]

MARKS = {"sl": "[SL]", "en": "[EN]"}
SPOKEN = ("content", "title", "aria-label", "alt", "placeholder", "data-label")
OTHER = {"sl": "en", "en": "sl"}
# Each title of that city holds the mark of its language, which is looked for.
SEARCHES = {
    "/sl/iskanje/?q=[SL]": True,
    "/en/search/?q=[EN]": True,
    "/sl/iskanje/?q=[EN]": False,
    "/en/search/?q=[SL]": False,
}


def fetch(address: str) -> Page:
    answer = Client().get(address)
    headers = {name.lower(): value for name, value in answer.items()}
    text = answer.getvalue().decode(errors="replace")  # a picture is a page to nobody
    return Page(urlsplit(address).path, answer.status_code, headers, text)


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """The pages of a city whose texts all say which language they are in."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_strategy", str(ROOT / "tests/content/data/other-city.yaml"), verbosity=0)
        filtered = ["/sl/cilji-in-ukrepi/?q=merilniki", "/en/goals-and-measures/?status=none"]
        yield crawl(fetch, ["/sl/", "/en/", "/sitemap.xml", *SEARCHES, *filtered])
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def other_city(pages):
    """The pages by address, without those that repeat what was looked for."""
    chosen = {address: page for address, page in pages.items() if unquote(address) not in SEARCHES}
    public = public_pages(chosen)
    return {address: page for address, page in chosen.items() if page in public}


def in_language(other_city, language):
    return {a: page for a, page in other_city.items() if page.language == language}


def words_of(node, language):
    """Texts and spoken attributes of the element and below, without what is in another language."""
    if node.get("lang", language) != language or node.get("hreflang", language) != language:
        return
    yield node.text or ""
    yield from (node.get(name) for name in SPOKEN if node.get(name))
    for child in node:
        yield from words_of(child, language)
        yield child.tail or ""


def page_words(page: Page) -> set[str]:
    return {" ".join(text.split()) for text in words_of(page.tree, page.language)} - {""}


def leaking(pages, foreign) -> dict[str, list[str]]:
    """What of each page is ``foreign``, by address; only pages that have something."""
    found = {
        address: [w for w in page_words(page) if foreign(w)] for address, page in pages.items()
    }
    return {address: words for address, words in found.items() if words}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_other_language_is_on_a_page(other_city, language):
    pages = in_language(other_city, language)

    assert len(pages) > 25
    assert not leaking(pages, lambda words: MARKS[OTHER[language]] in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_of_its_own_language_are_there(other_city, language):
    pages = in_language(other_city, language)

    assert len(leaking(pages, lambda words: MARKS[language] in words)) == len(pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_interface_text_of_the_other_language_is_on_a_page(other_city, language):
    catalogue = polib.pofile(str(ROOT / "locale/sl/LC_MESSAGES/django.po"))
    texts = [
        {"sl": entry.msgstr, "en": entry.msgid}
        for entry in catalogue
        if len(entry.msgid) > 5 and not entry.msgid_plural and entry.msgid != entry.msgstr
    ]
    foreign = {text[OTHER[language]] for text in texts} - {text[language] for text in texts}

    assert not leaking(in_language(other_city, language), lambda words: words in foreign)


def test_a_page_says_its_language(other_city):
    assert all(f'<html lang="{page.language}">' in page.text for page in other_city.values())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>[EN] a</p>", {"[EN] a"}),
        ('<p lang="en">[EN] a</p>', set()),
        ('<a hreflang="en" href="/">[EN] a</a>', set()),
        ('<div lang="en"><p lang="sl">[EN] a</p></div>', set()),
        ('<img src="/" alt="[EN] a"><br>', {"[EN] a"}),
        ('<script type="application/ld+json">{"name": "[EN] a"}</script>', {'{"name": "[EN] a"}'}),
    ],
)
def test_sees_what_readers_and_machines_are_told(body, words):
    page = Page("/sl/", 200, {}, f'<!doctype html><html lang="sl"><body>{body}')

    assert page_words(page) == words


@pytest.mark.parametrize(("address", "found"), SEARCHES.items())
def test_search_looks_at_titles_of_its_own_language(pages, address, found):
    titles = re.findall(r"<h2><a[^>]*>(\[\w\w\])", pages[address].text)

    assert bool(titles) == found
    assert set(titles) <= {MARKS[pages[address].language]}
