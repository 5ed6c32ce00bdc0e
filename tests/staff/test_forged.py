"""Requests that no form of ours would send: nothing of another organisation is stored or shown."""

import datetime

import pytest
from django.urls import reverse

from indicators.models import Indicator, Observation
from measures.models import BudgetLine, Measure, ProgressReport
from portal.common.models import AuditEntry
from portal.common.services import audited_columns
from tests import factories as f
from tests.staff.pages import add_row, fields_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(editor, sign_in):
    return sign_in(editor)


def change_url(record) -> str:
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])


def audited(record) -> dict:
    """The columns as they are stored."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    return rows.values(*audited_columns(type(record))).get()


@pytest.mark.parametrize("action", ["change", "history", "delete"])
@pytest.mark.parametrize("key", ["measure", "foreign_measure", "99999999999999999999", "x"])
def test_hides_measures_of_others(browser, measure, foreign_measure, action, key):
    keys = {"measure": measure.pk, "foreign_measure": foreign_measure.pk}
    url = reverse(f"admin:measures_measure_{action}", args=[keys.get(key, key)])

    status = browser.get(url).status_code

    assert (status == 200) == (key == "measure" and action != "delete")
    assert status in (200, 403, 404)


def test_shows_only_own_records_in_lists(browser, measure, foreign_measure):
    page = browser.get(reverse("admin:measures_measure_changelist")).content.decode()

    assert measure.title_en in page
    assert foreign_measure.title_en not in page


@pytest.mark.parametrize(
    ("field", "forged"),
    [
        ("code", "9.9.9"),
        ("publication", "archived"),
        ("slug_sl", "drug-naslov"),
        ("slug_en", "another-address"),
        ("lifecycle", "discontinued"),
        ("lifecycle_reason_sl", "Kar tako."),
        ("strategy", "foreign"),
        ("objective", "foreign"),
        ("organisation", "foreign"),
        ("is_current", "on"),
        ("publish_at_0", "2030-01-01"),
    ],
)
def test_ignores_fields_of_chief_editors(
    browser, measure, foreign_measure, organisation_b, field, forged
):
    keys = {"organisation": organisation_b.pk, "objective": foreign_measure.objective_id}
    stored = audited(measure)

    send(browser, change_url(measure), title_en="New title", **{field: keys.get(field, forged)})

    assert audited(measure) == stored | {"title_en": "New title"}
    assert AuditEntry.objects.get().changes == {"title_en": [stored["title_en"], "New title"]}


def test_ignores_fields_that_no_form_has(browser, indicator):
    send(browser, change_url(indicator), name_en="New", strategy="77", created_at="2001-01-01")

    stored = Indicator.objects.get(pk=indicator.pk)
    assert stored.name_en == "New"
    assert stored.strategy_id == indicator.strategy_id
    assert stored.created_at == indicator.created_at


def test_refuses_a_row_of_another_indicator(browser, indicator, foreign_indicator):
    own, foreign = f.ObservationFactory(indicator=indicator), foreign_indicator
    row = f.ObservationFactory(indicator=foreign, value=7)

    send(
        browser,
        change_url(indicator),
        **{"observations-0-id": row.pk, "observations-0-value": "666"},
    )

    row.refresh_from_db()
    own.refresh_from_db()
    assert (row.value, row.indicator) == (7, foreign)
    assert own.value != 666


def test_refuses_to_delete_a_row_of_another_indicator(browser, indicator, foreign_indicator):
    f.ObservationFactory(indicator=indicator)
    row = f.ObservationFactory(indicator=foreign_indicator)

    send(
        browser,
        change_url(indicator),
        **{"observations-0-id": row.pk, "observations-0-DELETE": "on"},
    )

    assert Observation.objects.filter(pk=row.pk).exists()


def test_keeps_a_new_row_with_the_indicator_of_the_page(browser, indicator, foreign_indicator):
    row = {"period": "2025", "value": "3", "indicator": str(foreign_indicator.pk)}

    add_row(browser, change_url(indicator), "observations", row)

    assert not foreign_indicator.observations.exists()


def test_keeps_a_new_budget_line_with_the_project_of_the_page(browser, project, foreign_measure):
    row = {"year": "2026", "planned": "10", "measure": str(foreign_measure.pk)}

    add_row(browser, change_url(project), "budget", row)

    assert not BudgetLine.objects.filter(measure=foreign_measure).exists()


def test_does_not_let_an_editor_publish_a_report(browser, measure):
    row = {"date": "2026-11-01", "text_sl": "Poročilo", "publication": "published"}

    add_row(browser, change_url(measure), "reports", row)

    assert ProgressReport.objects.get().publication == "draft"


def test_does_not_let_an_editor_delete_a_report(browser, measure):
    report = f.ProgressReportFactory(measure=measure)

    send(browser, change_url(measure), **{"reports-0-DELETE": "on"})

    assert ProgressReport.objects.filter(pk=report.pk).exists()


@pytest.mark.parametrize("action", ["delete_selected", "publish", "archive"])
def test_ignores_actions_on_others(browser, measure, foreign_measure, action):
    data = {"action": action, "_selected_action": [foreign_measure.pk, measure.pk], "post": "yes"}

    browser.post(reverse("admin:measures_measure_changelist"), data)

    assert Measure.objects.filter(publication="published").count() == 2
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("extra", [{"_saveasnew": "1"}, {"_saveasnew": "1", "_popup": "1"}])
def test_makes_no_copy(browser, measure, extra):
    response = send(browser, change_url(measure), code="1.9", **extra)

    assert response.status_code == 403
    assert Measure.objects.count() == 1


@pytest.mark.parametrize("query", ["?_to_field=code", "?_to_field=owner__password", "?_popup=1"])
def test_gains_nothing_by_popup_parameters(browser, foreign_measure, query):
    assert browser.get(change_url(foreign_measure) + query).status_code in (400, 403, 404)
    assert browser.post(change_url(foreign_measure) + query).status_code in (400, 403, 404)


@pytest.mark.parametrize(
    "query",
    [
        "owner__password__startswith=a",
        "organisation__memberships__user__email__startswith=a",
        "strategy__vision_sl__contains=a",
        "missing=owner__password",
    ],
)
def test_answers_no_questions_about_other_tables(browser, measure, query):
    response = browser.get(reverse("admin:measures_measure_changelist") + "?" + query)

    assert response.status_code in (200, 302, 400)
    if response.status_code == 200:
        assert response.context["cl"].result_count == 1  # the filter was not applied


def suggest(browser, model: str, field: str, term: str = "") -> tuple[int, list[str]]:
    query = {"app_label": "measures", "model_name": model, "field_name": field, "term": term}
    response = browser.get(reverse("admin:autocomplete"), query)
    if response.status_code != 200:
        return response.status_code, []
    return 200, [row["text"] for row in response.json()["results"]]


def test_suggests_colleagues_only(browser, editor, other_editor, citizen, measure):
    status, names = suggest(browser, "measure", "owner")

    assert (status, names) == (200, [str(editor)])


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("measure", "objective"),
        ("measure", "organisation"),
        ("project", "measures"),
        ("measure", "strategy"),
        ("measureslug", "measure"),
        ("budgetline", "measure"),
        ("measure", "title"),
        ("nothing", "owner"),
    ],
)
def test_suggests_nothing_for_fields_of_others(browser, measure, foreign_measure, model, field):
    status, names = suggest(browser, model, field)

    assert status in (403, 404)
    assert not names


def test_refuses_an_owner_out_of_reach(browser, measure, other_editor):
    response = send(browser, change_url(measure), owner=other_editor.pk)

    measure.refresh_from_db()
    assert response.status_code == 200
    assert measure.owner is None


def test_keeps_an_owner_from_elsewhere_whom_a_chief_editor_chose(browser, measure, other_editor):
    Measure.objects.filter(pk=measure.pk).update(owner=other_editor)

    send(browser, change_url(measure), title_en="New title")

    measure.refresh_from_db()
    assert (measure.title_en, measure.owner) == ("New title", other_editor)


def test_loses_a_record_that_moved_to_another_organisation(browser, measure, organisation_b):
    data = fields_of(browser.get(change_url(measure)))
    Measure.objects.filter(pk=measure.pk).update(organisation=organisation_b)

    response = browser.post(change_url(measure), data | {"title_en": "Too late"})

    measure.refresh_from_db()
    assert response.status_code in (403, 404)
    assert measure.title_en != "Too late"


def test_does_not_reach_an_indicator_with_an_organisation_of_its_own(
    browser, measure, organisation_b
):
    lent = f.IndicatorFactory(measure=measure, organisation=organisation_b)

    assert browser.get(change_url(lent)).status_code == 404
    assert lent.name_en not in browser.get(change_url(measure)).content.decode()


def test_does_not_tell_the_address_of_a_draft(browser, foreign_measure):
    assert browser.get(f"/admin/r/1/{foreign_measure.pk}/").status_code == 404


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_ends_with_the_rights_of_the_account(browser, editor, measure, change):
    type(editor).objects.filter(pk=editor.pk).update(**change)

    response = browser.post(change_url(measure), {"title_en": "x"})

    assert response.status_code == 302
    assert "/login/" in response.headers["Location"]


def test_an_evidence_of_another_report_stays(browser, measure, foreign_measure):
    f.EvidenceFactory(report=f.ProgressReportFactory(measure=measure))
    report = ProgressReport.objects.get()
    foreign = f.EvidenceFactory(report=f.ProgressReportFactory(measure=foreign_measure))

    send(
        browser,
        change_url(report),
        date=datetime.date(2026, 1, 1).isoformat(),
        **{"evidence-0-id": foreign.pk, "evidence-0-url": "https://example.org/forged"},
    )

    foreign.refresh_from_db()
    assert foreign.url != "https://example.org/forged"
