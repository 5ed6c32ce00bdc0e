"""A page shows what is stored and never waits; its numbers are always there."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from indicators.models import Indicator
from portal.common.moment import Moment, end_of_day
from portal.progress.charts.render import render_charts
from portal.progress.charts.subjects import key_of
from portal.progress.models import Chart
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def indicator():
    indicator = make.IndicatorFactory(kind="percentage", name_en="=SUM(A1)")
    make.TargetFactory(indicator=indicator, by="2027")
    make.ObservationFactory(indicator=indicator, period="2024", value="40.5")
    make.ObservationFactory(indicator=indicator, period="2025-Q3", value=60, provisional=True)
    return indicator


def picture(record, kind, **more):
    return make.ChartFactory(
        subject=key_of(record), kind=kind, language="en", size="wide", svg="<svg/>", **more
    )


def shown(record, template="{% chart record %}", **context):
    with override("en"):
        return Template("{% load charts %}" + template).render(
            Context({"record": record, **context})
        )


def address(record, kind, ending, language="en"):
    return f"/charts/{record._meta.model_name}-{record.pk}/{kind}.{language}.{ending}"


def numbers(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_shows_the_table_alone_until_there_is_a_picture(indicator):
    html = shown(indicator)

    assert "<table" in html
    assert "<svg" not in html
    assert "<figure" not in html
    assert "40.5" in html


def test_shows_the_stored_picture_with_its_finding_and_files(indicator):
    picture(indicator, "course", finding="60 of 100")

    html = shown(indicator)

    assert "<svg/>" in html
    assert "60 of 100" in html
    assert all(address(indicator, "course", ending) in html for ending in ("svg", "png", "csv"))


def test_shows_a_past_day_by_the_table_of_that_day(indicator):
    picture(indicator, "course")
    indicator.observations.filter(period="2024").update(recorded_at="2025-02-01T12:00Z")
    day = date(2025, 6, 30)

    html = shown(indicator, moment=Moment(day, end_of_day(day)))

    assert "40.5" in html
    assert "Q3 2025" not in html
    assert "<svg" not in html


def test_marks_sample_data_until_the_picture_does(indicator):
    indicator.observations.update(is_sample=True)

    assert "sample-mark" in shown(indicator)


def test_marks_each_row_of_sample_data_among_others(indicator):
    picture(indicator, "course")
    before = shown(indicator).count("sample-mark")
    indicator.observations.filter(period="2024").update(is_sample=True)

    assert (before, shown(indicator).count("sample-mark")) == (0, 1)


@pytest.mark.parametrize("kind", ["milestone", "recurring"])
def test_says_nothing_of_what_has_no_numbers(kind):
    assert shown(make.IndicatorFactory(kind=kind))


def test_asks_three_times_at_most_for_an_indicator(indicator):
    make.TargetFactory(indicator=indicator, per="year", by="")
    indicator.targets.filter(per="").delete()
    at_hand = Indicator.objects.for_lists().with_observations().select_related("strategy").get()

    with CaptureQueriesContext(connection) as queries:
        shown(at_hand)

    assert len(queries) <= 3


def test_loads_the_lines_of_a_list_at_once(indicator):
    others = make.IndicatorFactory.create_batch(3)
    for record in (indicator, *others[:2]):
        picture(record, "sparkline")
    each = "{% for one in records %}[{% sparkline lines one %}]{% endfor %}"
    template = "{% sparklines records as lines %}" + each

    with CaptureQueriesContext(connection) as queries:
        html = shown(None, template, records=[indicator, *others])

    assert len(queries) == 1
    assert html == "[<svg/>][<svg/>][<svg/>][]"


def test_gives_pictures_away_as_files(client, indicator):
    render_charts([key_of(indicator)])

    for ending, start in (("svg", b"<svg"), ("png", b"\x89PNG")):
        answer = client.get(address(indicator, "course", ending))
        assert b"".join(answer.streaming_content).startswith(start)
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_lets_no_cache_keep_a_picture_unasked(client, indicator):
    render_charts([key_of(indicator)])
    path = address(indicator, "course", "svg")
    answer = client.get(path)
    etag = answer.headers["ETag"]
    assert answer.getvalue()

    again = client.get(path, headers={"if-none-match": etag})
    Indicator.objects.update(publication="draft")
    withdrawn = client.get(path, headers={"if-none-match": etag})

    assert answer.headers["Cache-Control"] == "no-cache"
    assert [again.status_code, withdrawn.status_code] == [304, 404]


def test_gives_numbers_away_as_csv(client, indicator):
    indicator.observations.filter(period="2024").update(is_sample=True)

    header, *rows = numbers(client.get(address(indicator, "course", "csv")))

    assert header == ["Date", "What", "Value", "Remarks", "sample data"]
    assert ["2024", "value", "40.5", "", "yes"] in rows
    assert ["2025-Q3", "value", "60", "provisional", "no"] in rows


def test_gives_away_no_formula(client):
    milestone = make.MilestoneFactory(title_en="=HYPERLINK(1)")

    _header, row = numbers(client.get(address(milestone.project, "milestones", "csv")))

    assert row[0] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("ending", ["svg", "png", "csv"])
def test_gives_nothing_away_of_a_draft(client, indicator, ending):
    render_charts([key_of(indicator)])
    Indicator.objects.update(publication="draft")

    assert client.get(address(indicator, "course", ending)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("indicator-1/mosaic.en.csv", "indicator-1/course.xx.csv", "indicator-1/course.en.pdf"),
        *("indicator-999999999999999999/course.en.svg", "goal-1/../x.en.svg", "user-1/x.en.csv"),
        *("indicator-9999999999999999999/course.en.svg", "indicator-1/course.en.svg"),
    ],
)
def test_serves_nothing_else(client, indicator, path):
    assert client.get(f"/charts/{path}").status_code == 404


def test_misses_a_file_that_the_storage_has_lost(client, indicator):
    picture(indicator, "course", digest="0" * 64)

    assert client.get(address(indicator, "course", "png")).status_code == 404
    assert Chart.objects.exists()
