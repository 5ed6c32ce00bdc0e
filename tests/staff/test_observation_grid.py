"""The grid of values: seen as stored, stored as previewed, and only where one may."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.models import FormerObservation, Observation
from portal.common.models import AuditEntry, OutboxMessage
from portal.staff.observations.periods import columns
from tests import factories as f
from tests.staff.entry import box, confirm, grid_url, messages_of, write
from tests.staff.pages import fields_of

pytestmark = pytest.mark.django_db

YEARS = "?by=year&first=2023&last=2024"


@pytest.fixture
def own(editor, sign_in):
    return sign_in(editor)


@pytest.fixture
def chief(chief_editor, sign_in):
    return sign_in(chief_editor)


@pytest.fixture
def stored(indicator):
    return f.ObservationFactory(indicator=indicator, period="2023", value=Decimal("1234.5"))


def test_shows_what_is_stored_in_the_convention_of_the_language(own, stored, indicator):
    name = box(indicator, "2023")

    english, other = (fields_of(own.get(grid_url(YEARS + more))) for more in ("", "&numbers=comma"))

    assert english[name] == ["1,234.5"]
    assert other[name] == ["1.234,5"]


def test_previews_before_it_stores(own, stored, indicator):
    page = write(own, {box(indicator, "2023"): "1,300", box(indicator, "2024"): "7.5"}, YEARS)

    assert page.context["counts"] == {"new": 1, "changed": 1, "unchanged": 0}
    text = page.content.decode()
    assert "<del>1\u00a0234.5</del> <ins>1\u00a0300</ins>" in text
    assert Observation.objects.get().value == stored.value
    assert not AuditEntry.objects.exists()


def test_stores_what_was_previewed_with_all_that_follows(own, editor, stored, indicator):
    page = write(own, {box(indicator, "2023"): "1,300", box(indicator, "2024"): "7.5~"}, YEARS)

    response = confirm(own, page, YEARS)

    assert response.headers["Location"] == grid_url(YEARS)
    values = Observation.objects.values_list("period", "value", "provisional").order_by("period")
    assert list(values) == [("2023", 1300, False), ("2024", Decimal("7.5"), True)]
    assert {entry.by for entry in AuditEntry.objects.all()} == {editor}
    assert FormerObservation.objects.get().value == stored.value
    assert OutboxMessage.objects.filter(key=f"indicator:{indicator.pk}").exists()


def test_asks_for_nothing_where_nothing_was_written(own, stored):
    page = write(own, {}, YEARS)

    assert page.status_code == 302
    assert not AuditEntry.objects.exists()


def test_confirms_once(own, stored, indicator):
    page = write(own, {box(indicator, "2023"): "8"}, YEARS)

    confirm(own, page, YEARS)
    confirm(own, page, YEARS)

    assert AuditEntry.objects.count() == 1


def test_takes_a_mark_for_provisional(own, stored, indicator):
    confirm(own, write(own, {box(indicator, "2023"): "1,234.5~"}, YEARS), YEARS)

    assert Observation.objects.get().provisional
    assert fields_of(own.get(grid_url(YEARS)))[box(indicator, "2023")] == ["1,234.5~"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.234,5", "other convention"),
        ("12%", "percent"),
        ("NaN", "not a number"),
        ("1e3", "exponent"),
        ("", "not deleted here"),
        ("~", "no value"),
        ("1\x00", "not a number"),
        ("1.00001", "4 decimals"),
        ("<script>", "not a number"),
    ],
)
def test_refuses_all_for_one_bad_cell(own, stored, indicator, text, reason):
    values = {box(indicator, "2023"): text, box(indicator, "2024"): "5"}

    page = write(own, values, YEARS)

    assert page.status_code == 422
    assert reason in messages_of(page)[0]
    assert "<script>" not in page.content.decode().partition("<main")[2]
    assert not AuditEntry.objects.exists()


def test_shows_again_what_was_written(own, stored, indicator):
    page = write(own, {box(indicator, "2023"): "wrong", box(indicator, "2024"): "5"}, YEARS)

    shown = fields_of(page)
    assert shown[box(indicator, "2023")] == ["wrong"]
    assert shown[box(indicator, "2024")] == ["5"]
    assert 'aria-invalid="true"' in page.content.decode()


def test_goes_back_from_the_preview_to_the_boxes(own, stored, indicator):
    page = write(own, {box(indicator, "2024"): "5"}, YEARS)

    again = own.post(grid_url(YEARS), {"edit": page.context["token"]})

    assert fields_of(again)[box(indicator, "2024")] == ["5"]
    assert not AuditEntry.objects.exists()


def test_wants_a_running_period_marked(own, indicator):
    year = timezone.localdate().year
    query = f"?by=year&first={year}&last={year}"

    page = write(own, {box(indicator, str(year)): "5"}, query)
    marked = write(own, {box(indicator, str(year)): "5~"}, query)

    assert "not over yet" in messages_of(page)[0]
    assert marked.context["counts"]["new"] == 1


def test_offers_no_period_that_has_not_begun():
    shown = columns({"month", "quarter"}, 2026, 2026, datetime.date(2026, 4, 30))

    periods = ["2026-01", "2026-02", "2026-03", "2026-Q1", "2026-04", "2026-Q2"]
    assert [column.period for column in shown] == periods
    assert [column.period for column in shown if column.running] == ["2026-Q2"]


def test_opens_to_each_indicator_the_periods_it_is_measured_in(own, measure):
    monthly = f.IndicatorFactory(measure=measure, update_rhythm="monthly")
    yearly = f.IndicatorFactory(measure=measure, update_rhythm="monthly")
    f.TargetFactory(indicator=yearly, per="year", by="")

    shown = fields_of(own.get(grid_url("?first=2024&last=2024")))

    assert box(monthly, "2024-05") in shown
    assert box(monthly, "2024") not in shown
    assert box(yearly, "2024") in shown
    assert box(yearly, "2024-05") not in shown


def test_shows_own_indicators_only(own, chief, indicator, foreign_indicator):
    assert box(foreign_indicator, "2024") not in fields_of(own.get(grid_url(YEARS)))
    assert box(foreign_indicator, "2024") in fields_of(chief.get(grid_url(YEARS)))


def test_takes_no_box_that_it_did_not_show(own, indicator, foreign_indicator):
    page = write(own, {box(foreign_indicator, "2024"): "5"}, YEARS)

    assert page.status_code == 302
    assert not Observation.objects.exists()


@pytest.mark.parametrize("part", ["shown", "confirm", "edit"])
def test_takes_nothing_signed_for_another(own, chief, indicator, part):
    opened = fields_of(chief.get(grid_url(YEARS)))
    preview = write(chief, {box(indicator, "2024"): "5"}, YEARS)
    forged = {"shown": opened["shown"], "confirm": preview.context["token"]}
    forged["edit"] = forged["confirm"]

    response = own.post(grid_url(YEARS), {part: forged[part], box(indicator, "2024"): "5"})

    assert response.status_code == 403
    assert not Observation.objects.exists()


@pytest.mark.parametrize("value", ["", "x", "a:b:c", "../../secret", "\x00", "9" * 5000])
@pytest.mark.parametrize("part", ["shown", "confirm", "edit"])
def test_survives_forged_tokens(own, part, value):
    assert own.post(grid_url(), {part: value}).status_code in (400, 403)


@pytest.mark.parametrize(
    "query",
    [
        *("q=%ED%A0%80", "goal=x", "organisation=B", "kind=x", "by=day", "first=x", "last=3000"),
        *("first=2024&last=2020", "first=-1", "numbers=x", "q=" + "a" * 300, "first=9e9"),
        *("page=x", "page=-1", "page=9999999999999999999999"),
    ],
)
def test_survives_nonsense_in_the_choice(own, indicator, organisation_b, query):
    for name in ("grid", "export"):
        url = reverse(f"admin:indicators_observation_{name}")
        assert own.get(f"{url}?{query}").status_code in (200, 400)


def test_finds_by_goal_organisation_kind_and_words(chief, indicator, foreign_indicator):
    goal = indicator.measure.objective.goal
    queries = [
        f"&goal={goal.code}",
        f"&organisation={indicator.measure.organisation.code}",
        f"&q={indicator.code}",
    ]

    for query in queries:
        shown = fields_of(chief.get(grid_url(YEARS + query)))
        assert box(indicator, "2024") in shown
        assert box(foreign_indicator, "2024") not in shown


def test_withdraws_a_sample_value_for_a_real_one(own, indicator):
    sample = f.ObservationFactory(indicator=indicator, period="2023", value=3, is_sample=True)
    page = write(own, {box(indicator, "2023"): "4"}, YEARS)

    confirm(own, page, YEARS)

    real = Observation.objects.get()
    assert "sample data" in page.content.decode()
    assert (real.value, real.is_sample, real.pk == sample.pk) == (4, False, False)
    assert FormerObservation.objects.get().is_sample


@pytest.mark.parametrize("rows", [10, 200])
def test_takes_the_same_queries_for_ten_rows_and_for_two_hundred(
    own, measure, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        f.TargetFactory(indicator=f.IndicatorFactory(measure=measure), per="month", by="")

    with django_assert_max_num_queries(15):
        response = own.get(grid_url("?first=2024&last=2024"))

    assert len(response.context["grid"].rows) == rows


def test_stores_a_full_page(own, measure):
    indicators = [f.IndicatorFactory(measure=measure) for _ in range(200)]
    periods = [f"2024-{month:02d}" for month in range(1, 13)]
    query = "?by=month&first=2023&last=2024"
    values = {box(i, period): "5" for i in indicators[:40] for period in periods}

    confirm(own, write(own, values, query), query)

    assert Observation.objects.count() == 480
