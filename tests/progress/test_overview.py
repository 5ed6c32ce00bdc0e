"""Every number of the overview leads to a list of exactly that many rows."""

import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from portal.common.query import asking
from tests import factories as make
from tests.crawl import Page

from . import scenery

pytestmark = pytest.mark.django_db

OVERVIEW = {"sl": "/sl/napredek/", "en": "/en/progress/"}


def get(client, path, status=200) -> Page:
    answer = client.get(path)
    assert answer.status_code == status, path
    return Page(path, status, dict(answer.items()), answer.content.decode())


def numbers(page: Page) -> list[tuple[int, str]]:
    """The links of a page that are nothing but a number, with where they lead."""
    texts = ((node.text or "", node.get("href")) for node in page.elements("a"))
    return [
        (int(text.replace(".", "")), url) for text, url in texts if re.fullmatch(r"[\d.]+", text)
    ]


def rows(client, url) -> int:
    """The rows of a list, on all its pages."""
    page = get(client, url)
    further = {link for link in page.links if re.search(r"[?&](page|stran)=[2-9]", link)}
    found = sum(len(list(table_rows(one))) for one in [page, *(get(client, u) for u in further)])
    return found


def table_rows(page: Page):
    for body in page.elements("tbody"):
        yield from (row for row in body if row.tag.endswith("tr"))


QUERIES = [
    {},
    {"goal": "1"},
    {"organisation": "A"},
    {"organisation": "-"},
    {"state": "attention"},
    {"state": "no_data"},
    {"goal": "2", "organisation": "B", "state": "good"},
    {"on": scenery.days_ago(1).isoformat()},
    {"on": scenery.days_ago(3).isoformat(), "goal": "1"},
]


@pytest.mark.parametrize("language", OVERVIEW)
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_every_number_has_a_list_of_that_length(client, query, language):
    scenery.build(measures=14)
    with override(language):
        address = OVERVIEW[language] + asking(**query)

    found = numbers(get(client, address))

    assert found or query.get("organisation") == "B"
    assert {url: rows(client, url) for _count, url in found} == {url: n for n, url in found}


def test_counts_on_all_pages_of_a_long_list(client):
    scenery.build(measures=60)

    found = {url: n for n, url in numbers(get(client, "/en/progress/"))}

    assert found["/en/progress/list/?level=measure"] == 60
    assert rows(client, "/en/progress/list/?level=measure") == 60


def test_shows_every_measure_with_its_state(client):
    scenery.build(measures=9)

    page = get(client, "/en/progress/")

    cells = [node for node in page.elements("a") if node.get("data-status")]
    assert [cell.get("data-status") for cell in cells if "1.1.1 " in cell.get("title")] == [
        "achieved"
    ]
    assert len(cells) == 9


def test_never_shows_a_draft(client, chief_editor):
    scenery.build()
    make.AssessmentFactory(subject=make.IndicatorFactory(draft=True, name_en="Secret"))
    client.force_login(chief_editor)

    page = get(client, "/en/progress/list/?level=indicator")

    assert "Secret" not in page.text


def test_finds_deadlines_without_data_but_not_those_with(client):
    late, reached, done = make.IndicatorFactory.create_batch(3)
    for indicator in (late, reached, done):
        make.TargetFactory(indicator=indicator, by="2025")
        scenery.assess(indicator, "achieved" if indicator is done else "no_data")
        make.ObservationFactory(indicator=indicator, period="2024")
    make.ObservationFactory(indicator=reached, period="2025-12-31")

    page = get(client, "/en/progress/list/?level=indicator&pick=due")

    assert late.name_en in page.text
    assert reached.name_en not in page.text
    assert done.name_en not in page.text


@pytest.mark.parametrize("path", ["", "list/", "timeline/"])
def test_says_when_nothing_had_been_assessed_yet(client, path):
    scenery.build()

    page = get(client, f"/en/progress/{path}?on=2026-01-01")

    assert "Nothing had been assessed yet on this day." in page.text
    assert 'datetime="2026-01-15"' in page.text
    assert not list(page.elements("table"))


@pytest.mark.parametrize("path", ["list/", "timeline/"])
def test_shows_the_day_of_the_first_assessment(client, path):
    scenery.build()

    page = get(client, f"/en/progress/{path}?on=2026-01-15")

    assert "Nothing had been assessed yet" not in page.text
    assert list(page.elements("table"))


@pytest.mark.parametrize("path", ["list/", "timeline/"])
def test_says_that_nothing_has_been_assessed_yet(client, path):
    make.MeasureFactory()

    page = get(client, f"/en/progress/{path}")

    assert "Progress has not been assessed yet." in page.text


def test_leads_from_a_day_too_early_to_the_same_list_of_today(client):
    scenery.build()

    page = get(client, "/en/progress/list/?level=goal&goal=1&on=2026-01-01")

    assert "/en/progress/list/?goal=1&level=goal" in page.links


def test_shows_a_past_day_and_keeps_it_in_its_links(client):
    scenery.build()
    day = scenery.days_ago(3).isoformat()

    page = get(client, f"/en/progress/?on={day}")

    assert f'datetime="{day}"' in page.text
    assert all(f"on={day}" in url for _count, url in numbers(page))


@pytest.mark.parametrize(
    "query", ["on=2026-02-31", "on=9999-12-31", "on=x", "goal=" + "9" * 201, "on=٢٠٢٦-٠١-٠١"]
)
def test_refuses_what_is_no_day_or_too_long(client, query):
    scenery.build()

    page = get(client, f"/en/progress/?{query}", status=400)

    assert "<h1" in page.text


@pytest.mark.parametrize(
    "query", ["level=x", "pick=x", "level=project", "pick=__class__", "level=goal&pick=due,"]
)
def test_refuses_a_list_that_does_not_exist(client, query):
    scenery.build()

    get(client, f"/en/progress/list/?{query}", status=400)


@pytest.mark.parametrize(
    "query",
    [
        "goal=0",
        "organisation=%25",
        "state=x",
        "page=x",
        "page=99",
        "page=-1",
        "level=goal&pick=due",
    ],
)
def test_what_nobody_has_is_an_empty_list_or_the_nearest_page(client, query):
    scenery.build()

    get(client, f"/en/progress/list/?{query}")
    get(client, f"/en/progress/?{query}")


def test_marks_sample_data(client):
    scenery.build()
    assert "data-sample" not in get(client, "/en/progress/").text
    scenery.assess(make.MeasureFactory(), "behind", is_sample=True)

    assert "data-sample" in get(client, "/en/progress/").text
    assert "data-sample" in get(client, "/en/progress/list/").text


def test_gives_the_list_as_a_file(client):
    scenery.build(measures=9)
    name = "=HYPERLINK(1)"
    scenery.assess(make.MeasureFactory(code="9.9.9", title_sl=name, title_en=name), "behind")

    answer = client.get("/en/progress/list/?format=csv")

    lines = b"".join(answer).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("level,code,title_sl,title_en,state,")
    assert len(lines) == 1 + 10
    assert "'=HYPERLINK(1)" in lines[-1]


def test_changes_are_those_that_the_comparison_tells(client):
    scenery.build(measures=14)

    counted = {url: n for n, url in numbers(get(client, "/en/progress/"))}
    brief = get(client, "/en/progress/brief/")

    changed = [n for url, n in counted.items() if "pick=changed" in unquote(url)]
    told = {url: n for n, url in numbers(brief)}
    assert sum(changed) == told["#moved"] > 0


def test_asks_as_often_for_many_measures_as_for_few(client):
    scenery.build(measures=2)
    few = queries(client, "/en/progress/")
    scenery.add_measure(make.ObjectiveFactory(), 100, None)
    for number in range(30):
        scenery.add_measure(make.ObjectiveFactory(), 200 + number, make.OrganisationFactory())

    many = queries(client, "/en/progress/")

    assert few == many <= 15


def queries(client, path) -> int:
    with CaptureQueriesContext(connection) as asked:
        get(client, path)
    return len(asked)
