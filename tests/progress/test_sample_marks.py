"""Whatever page shows sample data says so; no other page does."""

from urllib.parse import urldefrag

import pytest
from django.db import transaction
from django.test import Client

from indicators.models import Assessment, Confirmation, CriteriaVersion, ExternalEvent, Override
from measures.models import BudgetLine, Evidence, Milestone, ProgressReport
from portal.accounts.models import Organisation
from portal.common.languages import LANGUAGES
from portal.content.document import document_from_bytes
from portal.content.loader import load_document
from portal.progress.sample import load_sample, remove_sample
from tests.content.files import LJUBLJANA
from tests.crawl import Page, crawl, public_pages

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sample")]
TEXTS = {
    Organisation: "name",
    ProgressReport: "text",
    Milestone: "title",
    Evidence: "title",
    Confirmation: "sentence",
    CriteriaVersion: "text",
    ExternalEvent: "title",
    Override: "reason",
}
PLAIN = ["/en/about-the-strategy/", "/en/accessibility/", "/en/privacy/"]


class EnglishPage(Page):
    """Leads to pages of its language without a query: each template once for every record."""

    @property
    def links(self) -> list[str]:
        own = (urldefrag(link).url for link in super().links)
        return [link for link in own if link.startswith("/en/") and "?" not in link]


def fetch(address: str) -> Page:
    answer = Client().get(address)
    headers = {name.lower(): value for name, value in answer.items()}
    text = answer.content.decode() if headers["content-type"].startswith("text/html") else ""
    return EnglishPage(address, answer.status_code, headers, text)


@pytest.fixture(scope="module")
def sampled(django_db_setup, django_db_blocker):
    """The pages of Ljubljana's strategy with its sample."""
    with django_db_blocker.unblock(), transaction.atomic():
        document = document_from_bytes(LJUBLJANA.read_bytes())
        load_sample(load_document(document=document).strategy)
        yield public_pages(crawl(fetch, ["/en/"]))
        transaction.set_rollback(True)


def is_marked(page: Page) -> bool:
    return any("data-sample" in node.attrib for node in page.elements())


def has_visible_mark(page: Page) -> bool:
    return any(node.get("class") == "sample-mark" for node in page.elements("span"))


def invented_texts() -> set[str]:
    found = set(BudgetLine.objects.values_list("source", flat=True))
    for model, field in TEXTS.items():
        for language in LANGUAGES:
            found |= set(model.objects.values_list(f"{field}_{language}", flat=True))
    return found - {None, ""}


def shown_on(page: Page, texts: set[str]) -> set[str]:
    words = "".join(page.tree.itertext())
    return {text for text in texts if text in words}


def test_marks_every_page_that_shows_an_invented_text(sampled):
    texts = invented_texts()

    unmarked = {
        page.path: found
        for page in sampled
        if (found := shown_on(page, texts)) and not has_visible_mark(page)
    }

    assert not unmarked
    assert sum(has_visible_mark(page) for page in sampled) > 50


def test_marks_every_record_whose_state_is_judged_by_invented_data(sampled):
    judged = set()
    for row in Assessment.objects.in_force().filter(is_sample=True).exclude(level="strategy"):
        judged.add((row.level, getattr(row, row.level).code))

    unmarked = [
        page.path
        for page in sampled
        for main in page.elements("main")
        if (main.get("data-object"), main.get("data-code")) in judged and not has_visible_mark(page)
    ]

    assert len(judged) > 30
    assert not unmarked


def test_marks_no_page_without_sample_data(sampled):
    plain = [page for page in sampled if page.path in PLAIN]

    assert len(plain) == len(PLAIN)
    assert not any(is_marked(page) for page in plain)


def test_marks_nothing_when_the_sample_is_gone(sampled):
    remove_sample()

    pages = [fetch(page.path) for page in sampled[::4]]

    assert len(pages) > 30
    assert [page.path for page in pages if page.status == 200 and is_marked(page)] == []
