"""The production processes on a state directory of their own, and a real browser."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.crawl import ELSEWHERE, Page, crawl, public_pages

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 120
# What would point the started portal at somebody's data.
OURS = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "PORTAL_BASE_URL")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Nothing to look at in a browser, or the same page with fewer rows.
FILES_AND_LISTS = re.compile(rf"{ELSEWHERE.pattern}|^/(charts|evidence)/|.*\?")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def portal_folder(tmp_path_factory):
    """Where the started portal keeps its state, and its first words in ``output``."""
    return tmp_path_factory.mktemp("portal")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Asked for before anything is started, so that what is missing is said at once."""
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named) if named else shutil.which("chromium")
    if not found:
        pytest.exit(
            "Install Chromium: sudo apt install chromium (or name one: CHROMIUM=/path make e2e)",
            returncode=1,
        )
    return found


@pytest.fixture(scope="session")
def portal(chromium, portal_folder):
    """The address of a portal started by the same script as ``make run``."""
    var, port = portal_folder, free_port()
    settings = {"PORTAL_VAR": str(var), "PORTAL_ENV": "embedded", "PORT": str(port)}
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    with (var / "output").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "ops/serve.py"],
            cwd=ROOT,
            env=kept | settings,
            stdout=output,
            stderr=output,
        )
    try:
        wait_for_words("is running at", var / "output", process)
        yield f"http://localhost:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0, (var / "output").read_text()


def wait_for_words(words: str, output: Path, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while words not in output.read_text():
        late = time.monotonic() > deadline
        if late or process.poll() is not None:
            pytest.exit(f"The portal did not start:\n{output.read_text()}", returncode=1)
        time.sleep(0.1)


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def every_page(portal) -> list[Page]:
    """All public pages, with a search that finds something and one that does not."""
    searches = [
        "/sl/iskanje/?q=podatki",
        "/sl/iskanje/?q=zmajček",
        "/en/search/?q=data",
        "/en/search/?q=zmajček",
    ]

    def fetch(address: str) -> Page:
        quoted = urllib.request.quote(address, safe="/?=&%#")
        try:
            with urllib.request.urlopen(portal + quoted) as answer:
                headers = {name.lower(): value for name, value in answer.headers.items()}
                text = answer.read().decode(errors="replace")  # a picture is a page to nobody
                return Page(address, answer.status, headers, text)
        except urllib.error.HTTPError as error:
            return Page(address, error.code, {}, "")

    return public_pages(crawl(fetch, ["/sl/", "/en/", *searches], FILES_AND_LISTS))


@pytest.fixture(scope="session")
def one_page_per_template(every_page) -> list[str]:
    """The first page of each shape in each language: what it shows and which blocks it has."""
    shapes: dict[tuple, str] = {}
    for page in every_page:
        shapes.setdefault(shape(page), page.path)
    return list(shapes.values())


def shape(page: Page) -> tuple:
    """Pages of one template differ in the blocks they show, as where nothing is published."""
    mains = [main.get("data-object") for main in page.elements("main")]
    if mains == [None]:
        name = next(page.elements("main")).get("data-page")
        return name or page.path.partition("?")[0], page.language
    blocks = [node.get("id") for node in page.elements("section")]
    return page.language, mains[0], *filter(None, blocks)


@pytest.fixture
def open_page(portal, browser: Browser):
    """Opens a path in a fresh context; what goes wrong on the way is kept in ``page.faults``."""
    contexts = []

    def opened(path: str, width: int = 1280, scheme: str = "light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        listen(page)
        page.goto(portal + path, wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()


def listen(page) -> None:
    """Console errors are where violations of the content policy show."""
    page.on(
        "console",
        lambda message: message.type in ("error", "warning") and page.faults.append(message.text),
    )
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    # Leaving a page early ends its requests; that is no fault.
    page.on(
        "requestfailed",
        lambda request: (
            request.failure != "net::ERR_ABORTED" and page.faults.append(f"failed: {request.url}")
        ),
    )
