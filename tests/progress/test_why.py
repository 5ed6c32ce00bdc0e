"""The page that explains a state, and pages as they were on a past day."""

import csv
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.utils import timezone

from portal.common.services import save_record
from portal.progress.services.recompute import recompute_all
from tests import factories as make

pytestmark = pytest.mark.django_db
JUNE, JULY = datetime(2026, 6, 30, 8, tzinfo=UTC), datetime(2026, 7, 15, 8, tzinfo=UTC)


@pytest.fixture
def indicator():
    """On track on 30 June 2026; a correction of 15 July puts it behind."""
    indicator = make.IndicatorFactory(name_en="Trees planted", slug_en="trees", slug_sl="drevesa")
    make.TargetFactory(indicator=indicator, value=100, by="2030", text_sl="", text_en="")
    observation = make.ObservationFactory.build(indicator=indicator, period="2025", value=60)
    save_record(record=observation, by=None, at=JUNE)
    recompute_all(JUNE)
    observation.value = 7
    save_record(record=observation, by=None, at=JULY)
    recompute_all(JULY)
    return indicator


def page(client, path, status=200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def head(state: str) -> str:
    return f'<div class="progress-status" data-status="{state}">'


def why(record) -> str:
    return f"{record.url_in('en')}why/"


def test_explains_the_sum_of_an_indicator(client, indicator):
    text = page(client, why(indicator))

    assert 'data-status="behind"' in text
    assert "The value of" in text
    assert "(7 − 0) ÷ (100 − 0)" in text or "7" in text
    assert "At risk below" in text
    assert "usual criteria" in text


def test_explains_every_level(client, indicator):
    measure = indicator.measure
    for record in (measure, measure.objective, measure.objective.goal):
        text = page(client, why(record))

        assert 'data-status="behind"' in text
        assert "The rule" in text
    assert "Trees planted" in page(client, why(measure))


def test_explains_the_whole_strategy(client, indicator):
    text = page(client, "/en/progress/why/")

    assert 'data-status="behind"' in text
    assert str(indicator.goal_above.title_en) in text


def table(client, path) -> list[list[str]]:
    response = client.get(path)
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def test_gives_the_sum_as_a_table(client, indicator):
    rows = table(client, f"{why(indicator)}?format=csv")

    named = {(row[0], row[1]): row[2] for row in rows}
    assert named["result", "state"] == "behind"
    assert named["observation", "2025"] == "7"
    assert named["target", "at_least"] == "100"
    assert all(len(row) == 6 for row in rows)


def test_gives_the_sum_of_a_level_as_a_table(client, indicator):
    rows = table(client, f"{why(indicator.measure)}?format=csv")

    assert ["child", f"indicator {indicator.code}", "behind", "", "", "leaves 1"] in rows


def test_shows_what_was_shown_on_a_past_day(client, indicator):
    then = page(client, f"{indicator.url_in('en')}?on=2026-07-01")
    now = page(client, indicator.url_in("en"))

    assert 'data-status="on_track"' in then
    assert 'data-status="behind"' in now
    assert "60 (corrected later)" in then
    assert "60 (corrected later)" not in now
    assert "as it was shown on" in then


@pytest.mark.parametrize("level", ["measure", "objective", "goal"])
def test_shows_levels_as_they_were(client, indicator, level):
    levels = {
        "measure": indicator.measure,
        "objective": indicator.measure.objective,
        "goal": indicator.goal_above,
    }
    then = page(client, f"{levels[level].url_in('en')}?on=2026-07-01")

    assert 'data-status="on_track"' in then
    assert 'data-status="behind"' not in then


def test_explains_the_past_by_what_was_known_then(client, indicator):
    rows = table(client, f"{why(indicator)}?format=csv&on=2026-07-01")

    assert ["observation", "2025", "60", "2025-01-01", "2025-12-31", ""] in rows
    assert ["result", "state", "on_track", "2026-06-30", "", ""] in rows


def test_says_that_nothing_had_been_assessed_yet(client, indicator):
    for path in (indicator.url_in("en"), why(indicator), indicator.measure.url_in("en")):
        text = page(client, f"{path}?on=2026-06-29")

        assert "Nothing had been assessed yet on this day" in text
        assert "2026-06-30" in text


def test_ends_a_day_at_local_midnight(client, indicator):
    late = datetime(2026, 8, 31, 21, 59, tzinfo=UTC)  # a minute before midnight in Ljubljana
    observation = indicator.observations.get()
    observation.value = 60
    save_record(record=observation, by=None, at=late)
    recompute_all(late)

    assert head("on_track") in page(client, f"{why(indicator)}?on=2026-08-31")
    assert head("behind") in page(client, f"{why(indicator)}?on=2026-08-30")


@pytest.mark.parametrize(
    "day", ["2026-02-31", "yesterday", "2026-6-1", "١٢", "20260630", "0000-00-00"]
)
def test_refuses_what_is_no_day(client, indicator, day):
    for path in (indicator.url_in("en"), why(indicator), indicator.goal_above.url_in("sl")):
        assert "500" not in page(client, f"{path}?on={day}&na-dan={day}", 400)


def test_refuses_the_future(client, indicator):
    tomorrow = timezone.localdate() + timedelta(days=1)

    assert "has not come yet" in page(client, f"{why(indicator)}?on={tomorrow}", 400)


def test_leads_foreign_addresses_to_the_own_one(client, indicator):
    response = client.get("/en/kazalniki/drevesa/zakaj/?na-dan=2026-07-01", follow=True)

    assert response.redirect_chain[-1][0].startswith("/en/indicators/trees/why/")
    assert "on=2026-07-01" in response.redirect_chain[-1][0]


def test_switches_language_on_the_same_day(client, indicator):
    text = page(client, f"{why(indicator)}?on=2026-07-01")

    assert "/sl/kazalniki/drevesa/zakaj/?na-dan=2026-07-01" in text


def test_hides_the_explanation_of_a_draft(client, indicator):
    draft = make.IndicatorFactory(draft=True)
    recompute_all()

    assert client.get(why(draft)).status_code == 404


def test_names_no_hidden_child(client, indicator):
    hidden = make.IndicatorFactory(measure=indicator.measure, name_en="Secret plan")
    recompute_all()
    hidden.publication = "archived"
    save_record(record=hidden, by=None)

    assert "Secret plan" not in page(client, why(indicator.measure))


def test_shows_who_set_a_state_and_why(client, indicator):
    override = make.OverrideFactory.build(
        indicator=indicator, state="at_risk", reason_en="The source is late.", name="A Head"
    )
    save_record(record=override, by=None)
    recompute_all()

    text = page(client, why(indicator))
    assert "The source is late." in text
    assert "A Head" in text
    assert "The rule computes: behind" in text


def test_guards_spreadsheets_against_formulas(client, indicator):
    override = make.OverrideFactory.build(indicator=indicator, name="=1+1", reason_en="+cmd")
    save_record(record=override, by=None)
    recompute_all()

    rows = table(client, f"{why(indicator)}?format=csv")
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_writes_every_number_plainly(client, indicator):
    indicator.targets.update(value=Decimal("-1000"))
    indicator.observations.update(value=Decimal("-0.5"))
    recompute_all()

    named = {(row[0], row[1]): row[2] for row in table(client, f"{why(indicator)}?format=csv")}
    assert named["target", "at_least"] == "-1000"
    assert named["observation", "2025"] == "-0.5"
