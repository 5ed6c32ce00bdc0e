"""What a first visit costs: at most 100 KB and 12 requests, nothing from elsewhere, no cookie."""

from urllib.parse import urlsplit

import pytest

MOST_BYTES, MOST_REQUESTS = 100_000, 12
FIRST_VISITS = [
    "/sl/",
    "/en/",
    "/sl/o-strategiji/",
    "/sl/cilji-in-ukrepi/",
    "/sl/cilji-in-ukrepi/digitalna-mestna-uprava/",
    "/sl/kazalniki/",
    "/sl/projekti/",
    "/en/goals-and-measures/",
]


def visit(browser, address: str) -> tuple[dict[str, int], list]:
    """Bytes on the wire by address, and the cookies set, of one visit with an empty cache."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    addresses, sizes = {}, {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(address, wait_until="networkidle")
    cookies = context.cookies()
    context.close()
    return {addresses[key]: sizes.get(key, 0) for key in addresses}, cookies


@pytest.mark.parametrize("path", FIRST_VISITS)
def test_first_visit_is_light(browser, portal, path):
    sizes, cookies = visit(browser, portal + path)

    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert len(sizes) <= MOST_REQUESTS, sizes
    assert not cookies
    fetched = [address for address in sizes if not address.startswith("data:")]
    assert {urlsplit(address).netloc for address in fetched} == {urlsplit(portal).netloc}


def test_counts_what_it_should(browser, portal):
    """The page, its stylesheet and a font at least: else the measurement sees nothing."""
    sizes, _ = visit(browser, f"{portal}/sl/")

    assert len(sizes) >= 3
    assert all(sizes.values())
