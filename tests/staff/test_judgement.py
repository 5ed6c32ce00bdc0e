"""What staff say about how a promise is judged: criteria, events, availability, confirmations."""

from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.models import (
    Confirmation,
    CriteriaVersion,
    ExternalEvent,
    Indicator,
    Target,
)
from portal.common.models import OutboxMessage
from tests import factories as f
from tests.staff.pages import add_row, fields_of, send, url_of, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(chief_editor, sign_in):
    return sign_in(chief_editor)


def test_adds_criteria_with_shares_in_either_convention(browser, indicator):
    row = {
        "valid_from": "2026-12-01",
        "text_sl": "Drugače.",
        "text_en": "Otherwise.",
        "at_risk_below": "0,9",
        "behind_below": "0.6",
    }

    response = add_row(browser, url_of(indicator), "criteria", row)

    assert response.status_code == 302
    criteria = CriteriaVersion.objects.get()
    assert (criteria.at_risk_below, criteria.behind_below) == (Decimal("0.9"), Decimal("0.6"))
    assert waiting() == {f"indicator:{indicator.pk}"}


@pytest.mark.parametrize(
    "wrong",
    [{"behind_below": "0.9"}, {"at_risk_below": "1.1"}, {"unmoved_until": "-1"}, {"text_sl": ""}],
)
def test_refuses_criteria_that_make_no_sense(browser, indicator, wrong):
    row = {"valid_from": "2026-12-01", "text_sl": "Drugače.", "text_en": "Otherwise."}

    response = add_row(browser, url_of(indicator), "criteria", row | wrong)

    assert response.status_code == 200
    assert not CriteriaVersion.objects.exists()


def test_leaves_criteria_that_were_judged_by(browser, indicator):
    criteria = f.CriteriaVersionFactory(indicator=indicator)
    data = fields_of(browser.get(url_of(indicator)))
    forged = {
        "criteria-TOTAL_FORMS": "1",
        "criteria-INITIAL_FORMS": "1",
        "criteria-0-id": criteria.pk,
        "criteria-0-indicator": indicator.pk,
        "criteria-0-text_sl": "Ponarejeno",
        "criteria-0-DELETE": "on",
    }

    browser.post(url_of(indicator), data | forged)

    assert CriteriaVersion.objects.get().text_sl == criteria.text_sl


def test_an_editor_reads_criteria_and_writes_none(editor, sign_in, indicator):
    f.CriteriaVersionFactory(indicator=indicator, text_en="Judged by this.")
    browser = sign_in(editor)
    page = browser.get(url_of(indicator)).content.decode()
    row = {"valid_from": "2026-12-01", "text_sl": "Drugače.", "text_en": "Otherwise."}
    data = fields_of(browser.get(url_of(indicator)))
    forged = {"criteria-TOTAL_FORMS": "1", "criteria-INITIAL_FORMS": "0"}

    browser.post(
        url_of(indicator), data | forged | {f"criteria-0-{name}": row[name] for name in row}
    )

    assert "Judged by this." in page
    assert CriteriaVersion.objects.count() == 1


def test_an_editor_adds_events(editor, sign_in, indicator):
    row = {"happened_on": "2026-10-05", "title_sl": "Razpis", "title_en": "Call"}

    response = add_row(sign_in(editor), url_of(indicator), "events", row)

    assert response.status_code == 302
    assert ExternalEvent.objects.get().indicator == indicator
    assert waiting() == {f"indicator:{indicator.pk}"}


def test_says_why_an_indicator_is_not_measured(browser, indicator):
    refused = send(browser, url_of(indicator), availability="not_measurable")
    reason = {"availability_reason_sl": "Ni podatkov.", "availability_reason_en": "No data."}
    OutboxMessage.objects.all().delete()

    accepted = send(browser, url_of(indicator), availability="not_measurable", **reason)

    assert "Say why" in str(refused.context["adminform"].form.errors)
    assert accepted.status_code == 302
    assert Indicator.objects.get().availability == "not_measurable"
    assert f"indicator:{indicator.pk}" in waiting()


@pytest.mark.parametrize(
    ("field", "value"), [("availability", "discontinued"), ("accumulation", "sum")]
)
def test_an_editor_does_not_decide_how_an_indicator_counts(
    editor, sign_in, indicator, field, value
):
    reason = {"availability_reason_sl": "Tako.", "availability_reason_en": "So."}

    send(sign_in(editor), url_of(indicator), **{field: value}, **reason)

    stored = Indicator.objects.get()
    assert (stored.availability, stored.accumulation) == ("measured", "")
    assert not stored.availability_reason_sl


@pytest.mark.parametrize(
    ("per", "units", "accepted"),
    [
        *(("organisation", "12", True), ("organisation", "", True), ("year", "12", False)),
        *(("organisation", "0", False), ("organisation", "1.5", False)),
    ],
)
def test_counts_organisations_of_a_target(browser, indicator, per, units, accepted):
    row = {"operator": "at_least", "value": "1", "per": per, "units": units}

    response = add_row(browser, url_of(indicator), "targets", row)

    assert (response.status_code == 302) == accepted == Target.objects.exists()
    assert waiting() == ({f"indicator:{indicator.pk}"} if accepted else set())


def test_does_not_miss_a_date_of_what_is_not_measured(browser, indicator):
    url = reverse("admin:indicators_indicator_changelist") + "?missing=date"
    before = browser.get(url).context["cl"].result_count

    reason = {"availability_reason_sl": "Ker.", "availability_reason_en": "Because."}
    Indicator.objects.update(availability="discontinued", **reason)

    assert (before, browser.get(url).context["cl"].result_count) == (1, 0)


def test_shows_confirmations_to_their_editors_only(editor, other_editor, sign_in, indicator):
    f.ConfirmationFactory(indicator=indicator, sentence_en="Nothing new here.")
    url = reverse("admin:indicators_confirmation_changelist")

    pages = [sign_in(user).get(url).content.decode() for user in (editor, other_editor)]

    assert ["Nothing new here." in page for page in pages] == [True, False]


def test_nobody_rewrites_a_confirmation(browser, indicator):
    confirmation = f.ConfirmationFactory(indicator=indicator)

    response = browser.post(url_of(confirmation), {"sentence_en": "Forged."})

    assert response.status_code == 403
    assert Confirmation.objects.get().sentence_en == confirmation.sentence_en


def test_names_the_head_of_an_organisation_and_who_has_none(browser, editor, organisation_a):
    url = reverse("admin:accounts_organisation_changelist") + "?missing=head"
    before = browser.get(url).context["cl"].result_count

    send(browser, url_of(organisation_a), head=editor.pk)

    organisation_a.refresh_from_db()
    assert organisation_a.head == editor
    assert (before, browser.get(url).context["cl"].result_count) == (1, 0)


@pytest.mark.parametrize("level", ["strategy", "goal", "objective", "measure", "indicator"])
def test_judges_a_level_anew_after_a_change(browser, indicator, level):
    objective = indicator.measure.objective
    records = {
        "strategy": objective.goal.strategy,
        "goal": objective.goal,
        "objective": objective,
        "measure": indicator.measure,
        "indicator": indicator,
    }
    name = "name_en" if level == "indicator" else "title_en"

    response = send(browser, url_of(records[level]), **{name: "Another title"})

    assert response.status_code == 302
    assert f"{level}:{records[level].pk}" in waiting()


def test_judges_an_indicator_anew_after_a_new_value(browser, indicator):
    add_row(browser, url_of(indicator), "observations", {"period": "2025", "value": "7"})

    assert waiting() == {f"indicator:{indicator.pk}"}


def test_judges_an_indicator_anew_after_a_corrected_value(browser, indicator):
    observation = f.ObservationFactory(indicator=indicator)

    send(browser, url_of(observation), value="43")

    assert waiting() == {f"indicator:{indicator.pk}"}
