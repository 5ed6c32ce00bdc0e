"""What machines ask for: health, robots, sitemap, security contact, colours, share images."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from portal.common.models import Heartbeat
from portal.common.tasks import beat
from portal.pages import checks, machine
from tests.common.test_contrast import tokens
from tests.factories import StrategyFactory

from .scenery import addresses, build

pytestmark = pytest.mark.django_db

SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture
def no_database(monkeypatch):
    def breaks(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", breaks)


def test_the_process_answers_without_a_database(client, no_database):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_is_ready_while_everything_works(client):
    beat()

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "database": "ok",
        "cache": "ok",
        "worker": "ok",
        "status": "ready",
    }


def test_is_not_ready_without_a_database(client, no_database):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "unreachable"
    assert answer.json()["status"] == "not ready"


def test_is_not_ready_before_migrations(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: ["something"])

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "migrations are waiting"


@pytest.mark.parametrize("silence", [None, machine.WORKER_SILENT_AFTER * 2])
def test_a_silent_worker_only_degrades(client, silence):
    if silence:
        Heartbeat.objects.create(name="worker", at=timezone.now() - silence)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert (answer.json()["worker"], answer.json()["status"]) == ("silent", "degraded")


def test_the_worker_beats_again_and_again():
    beat()
    first = Heartbeat.objects.get().at

    beat()

    assert Heartbeat.objects.get().at > first


def test_tells_robots_where_the_sitemap_is(client, settings):
    settings.BASE_URL = "https://strategy.example"

    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in text
    assert "Sitemap: https://strategy.example/sitemap.xml" in text


def read_sitemap(client) -> dict[str, dict[str, str]]:
    """Every address in the sitemap with the same page in each language."""
    answer = client.get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml"
    found = {}
    for entry in ElementTree.fromstring(answer.content).findall("s:url", SITEMAP):
        links = entry.findall("x:link", SITEMAP)
        place = entry.find("s:loc", SITEMAP).text
        found[place] = {link.get("hreflang"): link.get("href") for link in links}
    return found


def test_the_sitemap_names_every_page_in_both_languages(client):
    scenery = build()
    pages = {
        path
        for language in ("sl", "en")
        for route, path in addresses(scenery, language).items()
        if not route.endswith("-why")  # one gets there from the record's own page
    }
    not_listed = {"/sl/iskanje/", "/en/search/"}

    listed = {urlsplit(place).path for place in read_sitemap(client)}

    assert pages - not_listed <= listed
    assert not not_listed & listed
    assert {client.get(path).status_code for path in listed} == {200}


def test_the_sitemap_names_the_counterpart_of_every_page(client, settings):
    settings.BASE_URL = "https://strategy.example"
    build()

    entries = read_sitemap(client)

    for place, links in entries.items():
        assert links.keys() == {"sl", "en"}
        assert place in links.values()
        assert set(links.values()) <= entries.keys()
        assert place.startswith("https://strategy.example/")


def test_the_sitemap_of_an_empty_site_has_the_fixed_pages(client):
    assert len(read_sitemap(client)) >= 10


def test_says_whom_to_tell_about_a_weakness(client, settings):
    settings.CONTACT_EMAIL = "office@city.example"

    answer = client.get("/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert fields["Contact"] == "mailto:office@city.example"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)


def test_names_the_page_with_the_contact_where_no_address_is_set(client, settings):
    settings.CONTACT_EMAIL = ""

    answer = client.get("/.well-known/security.txt", headers={"accept-language": "en"})

    assert "Contact: http://testserver/en/rules/" in answer.content.decode()


def test_a_city_shows_its_own_colours(client, settings):
    StrategyFactory()
    settings.BRAND_COLOUR, settings.BRAND_COLOUR_DARK = "#1f4fa3", "#8fb4f2"

    sheet = client.get("/brand.css")

    assert sheet.headers["Content-Type"].startswith("text/css")
    assert re.findall("--brand:(#[0-9a-f]{6})", sheet.content.decode()) == ["#1f4fa3", "#8fb4f2"]
    assert 'href="/brand.css"' in client.get("/en/").content.decode()


def test_there_is_no_stylesheet_without_own_colours(client):
    StrategyFactory()

    assert client.get("/brand.css").status_code == 404
    assert "/brand.css" not in client.get("/en/").content.decode()


@pytest.mark.parametrize(
    ("light", "dark", "faults"),
    [
        ("", "", []),
        ("#0c6b43", "#74cfa0", []),
        ("#1F4FA3", "#8FB4F2", []),
        ("green", "#74cfa0", ["portal.E001"]),
        ("#0c6", "#74cfa0", ["portal.E001"]),
        ("#0c6b43;}body{display:none", "#74cfa0", ["portal.E001"]),
        ("#0c6b43\n", "#74cfa0", ["portal.E001"]),
        ("#74cfa0", "#74cfa0", ["portal.E002"]),
        ("#0c6b43", "#0c6b43", ["portal.E002"]),
        # The light tone serves in the dark too unless there is another.
        ("#0c6b43", "", ["portal.E002"]),
        ("#ffff00", "red", ["portal.E002", "portal.E001"]),
    ],
)
def test_refuses_colours_that_cannot_be_read(settings, light, dark, faults):
    settings.BRAND_COLOUR, settings.BRAND_COLOUR_DARK = light, dark

    assert [fault.id for fault in checks.check_brand_colours()] == faults


def test_the_portal_does_not_start_with_a_faint_colour(settings):
    settings.BRAND_COLOUR = "#ffff00"

    with pytest.raises(SystemCheckError, match="Set PORTAL_BRAND_COLOUR to a darker tone"):
        call_command("check")


@pytest.mark.parametrize(
    ("theme", "setting"), [("light", "BRAND_COLOUR"), ("dark", "BRAND_COLOUR_DARK")]
)
def test_judges_colours_on_the_page_of_the_stylesheet(theme, setting):
    assert tokens(theme)["--raw-paper"] == checks.PAPERS[setting]
