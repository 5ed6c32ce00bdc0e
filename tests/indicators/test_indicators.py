"""Indicators: targets in words, values and their absence, and who delivers them."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from indicators.models import Indicator, Target
from portal.common.services import save_record
from tests.factories import (
    IndicatorFactory,
    MeasureFactory,
    ObservationFactory,
    OrganisationFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 23)


def read(client, record, language="en") -> str:
    answer = client.get(record.url_in(language))
    assert answer.status_code == 200
    return answer.content.decode()


def target(**values) -> Target:
    defaults = {
        "operator": "at_least",
        "value": Decimal(250),
        "by": "",
        "text_sl": "",
        "text_en": "",
    }
    made = Target(**(defaults | values))
    made.clean()
    return made


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "at least 250"),
        ({"operator": "at_most", "value": Decimal("1234.50")}, "at most 1,234.5"),
        ({"operator": "exactly"}, "exactly 250"),
        ({"operator": "between", "value_high": Decimal(300)}, "250–300"),
        ({"per": "year"}, "at least 250, every year"),
        ({"by": "2027"}, "at least 250, by the end of 2027"),
        ({"by": "2027-06"}, "at least 250, by the end of June 2027"),
        ({"by": "2027-06-15"}, "at least 250, by 15 June 2027"),
        # Published to the year only, although kept to the day.
        ({"by": "2027-12-31", "by_precision": "year"}, "at least 250, by the end of 2027"),
        ({"text_en": "many wells"}, "many wells"),
        ({"operator": "words", "value": None, "text_en": "a law"}, "a law"),
    ],
)
def test_writes_a_target_in_words(values, words):
    with override("en"):
        assert target(**values).words == words


@pytest.mark.parametrize(
    ("by", "due_on", "precision"),
    [
        ("2027", datetime.date(2027, 12, 31), "year"),
        ("2028-02", datetime.date(2028, 2, 29), "month"),
        ("2027-06-15", datetime.date(2027, 6, 15), "day"),
        ("", None, ""),
    ],
)
def test_a_deadline_is_the_last_day_that_was_meant(by, due_on, precision):
    made = target(by=by)

    assert (made.due_on, made.by_precision) == (due_on, precision)


def test_the_next_target_is_the_first_that_is_not_past():
    indicator = IndicatorFactory()
    past, soon, _later = (
        TargetFactory(indicator=indicator, by=by) for by in ("2025", "2026-11-23", "2030")
    )

    assert indicator.next_due(TODAY) == soon
    assert indicator.next_due(datetime.date(2099, 1, 1)).by == "2030"
    assert indicator.next_due(datetime.date(2020, 1, 1)) == past


def test_an_indicator_without_a_date_has_no_next_target():
    assert IndicatorFactory().next_due(TODAY) is None


def test_no_value_is_said_and_never_shown_as_zero(client):
    indicator = IndicatorFactory()

    page = read(client, indicator)

    assert 'data-status="no_data"' in page
    assert "<dd>0" not in page
    assert "0 %" not in page


def test_a_value_of_zero_is_a_value(client):
    observation = ObservationFactory(value=0, period="2025")

    page = read(client, observation.indicator)

    assert 'data-status="no_data"' not in page
    assert "<dd>0" in page


def test_shows_the_value_of_the_latest_period(client):
    indicator = IndicatorFactory()
    for period, value in [("2025-Q4", 3), ("2024", 1), ("2025-06", 2)]:
        ObservationFactory(indicator=indicator, period=period, value=value)

    assert indicator.latest.period == "2025-Q4"
    assert "Q4 2025" in read(client, indicator)


def test_marks_a_provisional_value(client):
    observation = ObservationFactory(provisional=True, value=Decimal("1234.5"))

    assert "1,234.5 (provisional)" in read(client, observation.indicator)


def test_the_data_of_an_indicator_come_from_its_own_organisation_or_the_measures():
    own, other = OrganisationFactory(), OrganisationFactory()
    measure = MeasureFactory(organisation=other)

    assert IndicatorFactory(measure=measure, organisation=own).responsible == own
    assert IndicatorFactory(measure=measure, organisation=None).responsible == other
    assert IndicatorFactory(measure=MeasureFactory(organisation=None)).responsible is None


def test_an_indicator_belongs_to_exactly_one_promise():
    indicator = IndicatorFactory()
    indicator.goal = indicator.measure.objective.goal

    with pytest.raises(ValidationError):
        save_record(record=indicator, by=None)


@pytest.mark.parametrize("value", ["12345678901234", "0.00001", "1e400", "NaN", "Infinity"])
def test_refuses_values_that_no_database_keeps(value):
    observation = ObservationFactory()
    observation.value = value

    with pytest.raises(ValidationError):
        save_record(record=observation, by=None)


def test_keeps_every_digit_of_the_largest_value():
    largest = Decimal("99999999999.9999")

    observation = ObservationFactory(value=largest)

    observation.refresh_from_db()
    assert observation.value == largest


@pytest.mark.parametrize("language", ["sl", "en"])
def test_no_text_becomes_markup(client, language):
    markup = "https://a.example/<script>alert(1)</script><img src=x onerror=alert(1)>"
    texts = {f"{name}_{code}": markup for name in ("name", "unit", "note") for code in ("sl", "en")}
    indicator = IndicatorFactory(**texts, baseline_value=1, baseline_source=markup)
    TargetFactory(indicator=indicator, text_sl=markup, text_en=markup)
    ObservationFactory(indicator=indicator, source=markup, note_sl=markup, note_en=markup)

    page = read(client, indicator, language)

    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("path", ["/en/indicators/", "/en/indicators/data-status/"])
def test_lists_indicators_by_goal_in_the_order_of_codes(client, path):
    for goal, code in [("10", "K2"), ("2", "K10"), ("2", "K9")]:
        known = Indicator.objects.filter(measure__objective__goal__code=goal).first()
        place = {"measure": known.measure} if known else {"measure__objective__goal__code": goal}
        IndicatorFactory(code=code, name_en=f"Name-{code}-", **place)

    page = client.get(path).content.decode()

    places = [page.index(f"Name-{code}-") for code in ("K9", "K10", "K2")]
    assert places == sorted(places)


def test_says_that_a_deadline_has_passed(client):
    passed = IndicatorFactory()
    TargetFactory(indicator=passed, by="2025", text_sl="", text_en="")

    page = client.get(passed.url_in("en")).content.decode()

    assert "The deadline has passed (by the end of 2025)." in page


def test_lists_read_one_value_however_long_the_history(django_assert_num_queries):
    indicator = IndicatorFactory()
    for year in range(2000, 2026):
        ObservationFactory(indicator=indicator, period=str(year), value=year)
    ObservationFactory(indicator=indicator, period="2025-12", value=1)

    with django_assert_num_queries(3):
        (listed,) = Indicator.objects.listed()
        assert listed.latest.value == 2025

    assert len(listed.newest_rows) == 1


def test_lists_show_the_value_that_was_known_then():
    observation = ObservationFactory(period="2024", value=7)
    noon = timezone.now()
    observation.value = 8
    save_record(record=observation, by=None, at=noon + datetime.timedelta(hours=1))

    (then,), (now,) = Indicator.objects.listed(noon), Indicator.objects.listed()

    assert (then.latest.value, now.latest.value) == (7, 8)
