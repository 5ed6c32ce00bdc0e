"""Walks the public pages as a reader would: from the home pages and the sitemap along links."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib

LANGUAGES = ("sl", "en")
STARTS = ("/sl/", "/en/", "/sitemap.xml")
# Not pages: files, and what is for staff only.
ELSEWHERE = re.compile(r"^/(static|media|admin|accounts)/")
MOST_PAGES = 1000
XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass
class Page:
    path: str
    status: int
    headers: dict[str, str]
    text: str
    linked_from: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def is_html(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")

    @property
    def language(self) -> str:
        return self.path.split("/")[1]

    @cached_property
    def tree(self) -> ElementTree.Element:
        """The document; what a strict parser objects to is kept in ``errors``."""
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
        root = parser.parse(self.text)
        self.errors = [f"{place}: {code} {data}" for place, code, data in parser.errors]
        return root

    def elements(self, *tags: str) -> Iterator[ElementTree.Element]:
        wanted = {f"{XHTML}{tag}" for tag in tags}
        return (node for node in self.tree.iter() if not tags or node.tag in wanted)

    @cached_property
    def links(self) -> list[str]:
        """Addresses on this site that the page links to, as it writes them."""
        return [
            urljoin(self.path, node.get("href"))
            for node in self.elements("a")
            if node.get("href") and not urlsplit(node.get("href")).scheme
        ]

    @cached_property
    def alternates(self) -> dict[str, str]:
        """The same page's path in each language, as the head announces it."""
        return {
            node.get("hreflang"): urlsplit(node.get("href")).path
            for node in self.elements("link")
            if node.get("rel") == "alternate" and node.get("hreflang")
        }


Fetch = Callable[[str], Page]


def crawl(fetch: Fetch, starts=STARTS, elsewhere: re.Pattern = ELSEWHERE) -> dict[str, Page]:
    """Every public address that can be reached, by path and query; redirects are not followed.

    What begins like ``elsewhere`` is left out.
    """
    waiting = [(start, "") for start in starts]
    pages: dict[str, Page] = {}
    while waiting:
        address, source = waiting.pop(0)
        if address in pages or (source and elsewhere.match(address)):
            continue
        assert len(pages) < MOST_PAGES, f"the site has no end: {address} on {source}"
        pages[address] = page = fetch(address)
        page.linked_from = source
        waiting += [(urldefrag(link).url, address) for link in onward(page)]
    return pages


def onward(page: Page) -> list[str]:
    if page.is_html:
        return page.links
    if page.path == "/sitemap.xml":
        return [urlsplit(found).path for found in re.findall(r"<loc>([^<]+)</loc>", page.text)]
    return []


def public_pages(pages: dict[str, Page]) -> list[Page]:
    """Those with a language: what readers look at."""
    return [page for page in pages.values() if page.is_html and page.language in LANGUAGES]
