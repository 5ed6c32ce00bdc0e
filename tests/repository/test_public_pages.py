"""Every page a reader can reach from the home pages and the sitemap, in both languages.

The real strategy is loaded and crawled once; each test looks at the same pages.
"""

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urldefrag, urlsplit

import polib
import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tests.crawl import LANGUAGES, Page, crawl, public_pages
from tests.repository.source import ROOT

# One crawl serves all: keep these tests together in a parallel run.
pytestmark = [pytest.mark.xdist_group("crawl"), pytest.mark.django_db]

PATHS = {
    "sl": [
        "/sl/",
        "/sl/o-strategiji/",
        "/sl/cilji-in-ukrepi/",
        "/sl/cilji-in-ukrepi/digitalna-mestna-uprava/",
        "/sl/cilji-in-ukrepi/digitalna-mestna-uprava/digitalna-podpora-izvajanju-strategij/",
        "/sl/projekti/",
        "/sl/kazalniki/",
        "/sl/dostopnost/",
        "/sl/zasebnost/",
        "/sl/pravila/",
    ],
    "en": [
        "/en/",
        "/en/about-the-strategy/",
        "/en/goals-and-measures/",
        "/en/projects/",
        "/en/indicators/",
        "/en/accessibility/",
        "/en/privacy/",
        "/en/rules/",
    ],
}
SEARCHES = ["/sl/iskanje/?q=podatki", "/en/search/?q=data"]
LEVELS = {"goal": 5, "objective": 7, "measure": 23, "indicator": 29, "project": 2}


def fetch(address: str) -> Page:
    answer = Client().get(address)
    headers = {name.lower(): value for name, value in answer.items()}
    if answer.cookies:
        headers["set-cookie"] = answer.cookies.output()
    text = answer.getvalue().decode(errors="replace")  # a picture is a page to nobody
    return Page(urlsplit(address).path, answer.status_code, headers, text)


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        for file in sorted((ROOT / "goals/data").glob("*.yaml")):
            call_command("load_strategy", str(file), verbosity=0)
        starts = ["/sl/", "/en/", "/sitemap.xml", *SEARCHES]
        yield crawl(fetch, starts)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def public(pages):
    return public_pages(pages)


def assert_nowhere(check, pages) -> None:
    """Fail with the addresses of the pages where ``check`` finds something, and what."""
    found = [f"{page.path}: {fault}" for page in pages if (fault := check(page))]
    assert not found, "\n".join(found)


def test_every_link_leads_to_a_page(pages):
    wrong = {
        f"{address} (on {page.linked_from})": page.status
        for address, page in pages.items()
        if page.status != 200
    }

    assert not wrong


@pytest.mark.parametrize("path", [path for paths in PATHS.values() for path in paths])
def test_every_address_of_the_design_is_linked(pages, path):
    assert path in pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_object_has_its_page(public, language):
    found = {level: set() for level in LEVELS}
    for page in public:
        for main in page.elements("main"):
            if page.language == language and main.get("data-object") in found:
                found[main.get("data-object")].add(main.get("data-code"))

    assert {level: len(codes) for level, codes in found.items()} == LEVELS


def test_html_is_valid(public):
    def errors(page):
        page.tree  # noqa: B018 (parsing it fills the errors)
        return page.errors

    assert_nowhere(errors, public)


def test_ids_are_unique(public):
    def doubled(page):
        ids = Counter(node.get("id") for node in page.elements() if node.get("id"))
        return [name for name, times in ids.items() if times > 1]

    assert_nowhere(doubled, public)


def test_anchors_exist(pages, public):
    ids = {
        address: {node.get("id") for node in page.elements()}
        for address, page in pages.items()
        if page.is_html
    }

    def dangling(page):
        targets = (urldefrag(link) for link in page.links)
        return [
            f"{target.url}#{target.fragment}"
            for target in targets
            if target.fragment and target.fragment not in ids.get(target.url, {target.fragment})
        ]

    assert_nowhere(dangling, public)


def test_references_between_elements_exist(public):
    names = ("for", "aria-labelledby", "aria-describedby", "aria-controls")

    def dangling(page):
        ids = {node.get("id") for node in page.elements()}
        used = {name for node in page.elements() for key in names if (name := node.get(key))}
        return {part for name in used for part in name.split()} - ids

    assert_nowhere(dangling, public)


def test_page_says_its_language(public):
    def wrong(page):
        (html,) = page.elements("html")
        return html.get("lang") != page.language and html.get("lang")

    assert_nowhere(wrong, public)


def test_switching_language_twice_returns_to_the_start(pages, public):
    def wrong(page):
        if set(LANGUAGES) - page.alternates.keys():
            return f"announces only {sorted(page.alternates)}"
        other = next(language for language in LANGUAGES if language != page.language)
        there = pages.get(page.alternates[other])
        back = there and there.alternates.get(page.language)
        return back != page.path and f"{page.alternates[other]} leads back to {back}"

    assert_nowhere(wrong, (page for page in public if "search" not in kind(page)))


def kind(page: Page) -> str:
    return "search" if re.match(r"/(sl/iskanje|en/search)/", page.path) else "page"


def test_visible_language_switch_stays_on_the_object(pages, public):
    def code(page):
        (main,) = page.elements("main")
        return main.get("data-object"), main.get("data-code")

    def wrong(page):
        switches = [
            node.get("href")
            for node in page.elements("a")
            if node.get("hreflang") not in (None, page.language)
        ]
        others = {code(pages[href]) for href in switches if href in pages}
        return code(page) not in others and f"{switches} leads to {others}"

    assert_nowhere(wrong, (page for page in public if "search" not in kind(page)))


def test_canonical_address_is_the_page_itself(public):
    def wrong(page):
        named = [
            urlsplit(node.get("href")).path
            for node in page.elements("link")
            if node.get("rel") == "canonical"
        ]
        return named != [page.path] and named

    assert_nowhere(wrong, (page for page in public if "search" not in kind(page)))


def test_has_one_heading_of_the_first_level_and_skips_none(public):
    def wrong(page):
        levels = [int(node.tag[-1]) for node in page.elements(*(f"h{n}" for n in range(1, 7)))]
        skips = any(after - before > 1 for before, after in pairwise(levels))
        return (levels.count(1) != 1 or levels[0] != 1 or skips) and levels

    assert_nowhere(wrong, public)


def test_titles_tell_pages_apart(pages):
    titles = Counter(
        (page.language, title.text)
        for address, page in pages.items()
        if page.is_html and "?" not in address
        for title in page.elements("title")
    )

    assert [title for title, times in titles.items() if times > 1] == []


def test_needs_no_inline_style_or_script(public):
    def inline(page):
        styled = [node.tag for node in page.elements() if node.get("style") is not None]
        events = [key for node in page.elements() for key in node.attrib if key.startswith("on")]
        scripts = [
            node.get("type", "script")
            for node in page.elements("script")
            if not node.get("src") and node.get("type") != "application/ld+json"
        ]
        return styled + events + scripts + list(page.elements("style"))

    assert_nowhere(inline, public)


def test_sets_no_cookie_and_holds_no_token(public):
    def wrong(page):
        return page.headers.get("set-cookie") or "csrfmiddlewaretoken" in page.text

    assert_nowhere(wrong, public)


def test_policy_is_strict_on_every_page(pages):
    def loose(page):
        policy = page.headers.get("content-security-policy", "")
        return (
            "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy
        ) and policy

    assert_nowhere(loose, (page for page in pages.values() if page.is_html))


def test_no_english_interface_text_on_slovenian_pages(public):
    catalogue = polib.pofile(str(ROOT / "locale/sl/LC_MESSAGES/django.po"))
    english = {
        entry.msgid
        for entry in catalogue
        if len(entry.msgid) > 8 and "%" not in entry.msgid and entry.msgid != entry.msgstr
    }

    def leaks(page):
        return {text for text in texts_in_page_language(page.tree, "sl") if text in english}

    assert_nowhere(leaks, (page for page in public if page.language == "sl"))


def texts_in_page_language(node, language):
    """Each text of the element and below, leaving out what is marked as another language."""
    if node.get("lang", language) != language:
        return
    yield " ".join((node.text or "").split())
    for child in node:
        yield from texts_in_page_language(child, language)
        yield " ".join((child.tail or "").split())
