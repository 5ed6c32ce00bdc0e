"""No violation of WCAG 2.0-2.2 A and AA, nor of the engine's best practices, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


def violations(page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} ({node['failureSummary'][:300]})"
        for violation in found
        for node in violation["nodes"]
    ]


def check(open_page, portal, paths, width, scheme) -> dict[str, list[str]]:
    page = open_page("/", width, scheme)
    found = {}
    for path in paths:
        page.goto(portal + path)
        if wrong := violations(page):
            found[path] = wrong
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_template_is_accessible(open_page, portal, one_page_per_template, width, scheme):
    assert not check(open_page, portal, one_page_per_template, width, scheme)


@pytest.mark.every_page
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible(open_page, portal, every_page, width, scheme):
    paths = [page.path for page in every_page]

    assert not check(open_page, portal, paths, width, scheme)


@pytest.mark.parametrize("path", ["/sl/tega-ni/", "/en/no-such-page/", "/admin/login/"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_error_and_sign_in_pages_are_accessible(open_page, path, scheme):
    page = open_page(path, 360, scheme)

    assert not violations(page)


def test_notices_a_violation(open_page):
    page = open_page("/sl/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")

    assert any("image-alt" in found for found in violations(page))
