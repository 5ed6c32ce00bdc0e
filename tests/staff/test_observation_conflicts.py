"""Two people write values in the same place: nobody's are lost without a word."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from indicators.models import Observation
from portal.staff.observations import services
from tests import factories as f
from tests.staff.entry import box, confirm, grid_url, messages_of, write
from tests.staff.pages import fields_of

pytestmark = pytest.mark.django_db

YEARS = "?by=year&first=2023&last=2024"


@pytest.fixture
def own(editor, sign_in):
    return sign_in(editor)


@pytest.fixture
def stored(indicator):
    return f.ObservationFactory(indicator=indicator, period="2023", value=Decimal("1234.5"))


def test_writes_over_nobody_without_a_word(own, stored, indicator):
    opened = fields_of(own.get(grid_url(YEARS)))
    Observation.objects.filter(pk=stored.pk).update(value=77)

    page = own.post(grid_url(YEARS), opened | {box(indicator, "2023"): "88"})

    assert page.status_code == 422
    assert "now it is 77, you wrote 88" in messages_of(page)[0]
    assert Observation.objects.get().value == 77


def test_writes_over_another_knowingly(own, stored, indicator):
    opened = fields_of(own.get(grid_url(YEARS)))
    Observation.objects.filter(pk=stored.pk).update(value=77)
    page = own.post(grid_url(YEARS), opened | {box(indicator, "2023"): "88"})

    confirm(own, own.post(grid_url(YEARS), fields_of(page)), YEARS)

    assert Observation.objects.get().value == 88


def test_keeps_what_was_left_alone(own, stored, indicator):
    opened = fields_of(own.get(grid_url(YEARS)))
    Observation.objects.filter(pk=stored.pk).update(value=77)

    confirm(own, own.post(grid_url(YEARS), opened | {box(indicator, "2024"): "5"}), YEARS)

    assert Observation.objects.get(period="2023").value == 77


def test_stops_a_preview_that_has_become_untrue(own, stored, indicator):
    page = write(own, {box(indicator, "2023"): "88", box(indicator, "2024"): "5"}, YEARS)
    Observation.objects.filter(pk=stored.pk).update(value=77)

    response = confirm(own, page, YEARS)

    assert response.status_code == 422
    assert Observation.objects.get().value == 77


def test_stops_a_preview_of_a_lost_indicator(own, indicator, measure, organisation_b):
    page = write(own, {box(indicator, "2024"): "5"}, YEARS)
    type(measure).objects.filter(pk=measure.pk).update(organisation=organisation_b)

    response = confirm(own, page, YEARS)

    assert response.status_code == 422
    assert not Observation.objects.exists()


def insert_instead(monkeypatch, *others):
    """Let the database refuse ``others`` in place of what is to be stored."""
    monkeypatch.setattr(
        services, "save_records", lambda **_known: Observation.objects.bulk_create(others)
    )


def test_stops_when_another_stores_the_period_at_the_same_moment(own, indicator, monkeypatch):
    page = write(own, {box(indicator, "2024"): "5"}, YEARS)
    insert_instead(monkeypatch, *(value(indicator) for _time in range(2)))

    response = confirm(own, page, YEARS)

    assert response.status_code == 422
    assert "changed since the preview" in messages_of(response)[0]


def test_takes_no_other_refusal_for_a_change(own, indicator, monkeypatch):
    page = write(own, {box(indicator, "2024"): "5"}, YEARS)
    insert_instead(monkeypatch, value(indicator, period_end="2023-12-31"))

    with pytest.raises(IntegrityError, match="observation_period_in_order"):
        confirm(own, page, YEARS)


def value(indicator, period_end="2024-12-31"):
    return f.ObservationFactory.build(
        indicator=indicator, period="2024", period_start="2024-01-01", period_end=period_end
    )
