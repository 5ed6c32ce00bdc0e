"""What staff do every day, and how mistakes come back to them."""

import datetime

import pytest
from django.db import IntegrityError
from django.urls import reverse

from goals.models import Objective
from indicators.models import Observation
from measures.models import BudgetLine, Measure, Project
from portal.accounts.models import Organisation
from portal.accounts.staff import base
from portal.common.models import AuditEntry
from tests import factories as f
from tests.staff.pages import add_row, fields_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(chief_editor, sign_in):
    return sign_in(chief_editor)


def url_of(record) -> str:
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])


def errors_of(response) -> str:
    assert response.status_code == 200, "the form was accepted"
    form = response.context["adminform"].form
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


def test_gives_a_new_measure_its_addresses_and_strategy(browser, chief_editor):
    objective = f.ObjectiveFactory()

    send(
        browser,
        reverse("admin:measures_measure_add"),
        objective=objective.pk,
        code="1.1.7",
        title_sl="Čiste ulice",
        title_en="Clean streets",
    )

    measure = Measure.objects.get()
    assert (measure.slug_sl, measure.slug_en) == ("ciste-ulice", "clean-streets")
    assert measure.strategy == objective.strategy
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.source) == ("created", chief_editor, "admin")


def test_keeps_the_address_when_the_title_changes(browser, measure):
    send(browser, url_of(measure), title_sl="Povsem nov naslov")

    stored = Measure.objects.get()
    assert stored.title_sl == "Povsem nov naslov"
    assert stored.slug_sl == measure.slug_sl


def test_redirects_from_a_former_address(browser, measure):
    send(browser, url_of(measure), slug_en="new-address")

    assert measure.old_slugs.get().slug == measure.slug_en


def test_says_what_is_missing_for_publication(browser, measure):
    response = send(browser, url_of(measure), title_en="")

    assert "both languages" in errors_of(response)
    assert Measure.objects.get().title_en == measure.title_en


def test_marks_a_missing_translation(browser):
    measure = f.MeasureFactory(draft=True, description_en="")

    page = browser.get(url_of(measure)).content.decode()

    assert page.count('<strong class="missing-mark">translation missing</strong>') == 1


def test_names_the_language_of_each_field(browser, measure):
    page = browser.get(url_of(measure)).content.decode()

    assert "Title — Slovenian" in page
    assert "Title — English" in page
    assert "[sl]" not in page


def test_speaks_the_language_of_the_person(browser, chief_editor, measure):
    type(chief_editor).objects.update(language="sl")

    page = browser.get(url_of(measure)).content.decode()

    assert '<html lang="sl"' in page


def test_refuses_a_code_that_is_taken(browser, measure):
    other = f.MeasureFactory(objective=measure.objective)

    response = send(browser, url_of(measure), code=other.code)

    assert errors_of(response)
    assert Measure.objects.get(pk=measure.pk).code == measure.code


@pytest.mark.parametrize("error", [base.ValidationError({"code": ["No."]}), IntegrityError("x")])
def test_shows_the_form_again_when_a_service_refuses(browser, measure, monkeypatch, error):
    def refuse(**kwargs):
        raise error

    monkeypatch.setattr(base, "save_record", refuse)

    response = send(browser, url_of(measure), title_sl="Nov naslov")

    assert errors_of(response)
    assert "Nov naslov" in response.content.decode()


def test_stores_nothing_when_a_later_row_fails(browser, indicator):
    f.ObservationFactory(indicator=indicator, period="2024")
    row = {"period": "2024", "value": "1"}

    response = add_row(browser, url_of(indicator), "observations", row, name_sl="Drugače")

    assert response.status_code == 200
    assert Observation.objects.count() == 1
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("written", "value"), [("12,5", "12.5"), ("12.5", "12.5"), ("-3", "-3"), ("1 000", "1000")]
)
def test_reads_numbers_with_comma_or_point(browser, indicator, written, value):
    row = {"period": "2024-Q3", "value": written}

    add_row(browser, url_of(indicator), "observations", row)

    observation = Observation.objects.get()
    assert str(observation.value.normalize()) == str(base.NumberField().clean(value).normalize())
    assert observation.period_end == datetime.date(2024, 9, 30)


@pytest.mark.parametrize("written", ["1234.56", "1234,56", "1 234,56 €"])
def test_stores_euros_as_cents(browser, project, written):
    add_row(browser, url_of(project), "budget", {"year": "2026", "planned": written})

    line = BudgetLine.objects.get()
    assert (line.planned, line.spent) == (123456, None)


@pytest.mark.parametrize("written", ["1.234,56", "12,345", "-5", "deset", "9" * 40])
def test_refuses_amounts_that_are_not_clear(browser, project, written):
    response = add_row(browser, url_of(project), "budget", {"year": "2026", "planned": written})

    assert response.status_code == 200
    assert not BudgetLine.objects.exists()


def test_changes_nothing_when_a_form_is_sent_unchanged(browser, project, indicator):
    f.BudgetLineFactory(project=project, planned=5)
    f.MilestoneFactory(project=project)
    f.TargetFactory(indicator=indicator)
    f.ObservationFactory(indicator=indicator)

    responses = [send(browser, url_of(record)) for record in (project, indicator)]

    assert [response.status_code for response in responses] == [302, 302]
    assert not AuditEntry.objects.exists()


def test_keeps_relations_in_the_history(browser, project, measure):
    send(browser, url_of(project), measures=[str(measure.pk)])

    assert Project.objects.get().measures.get() == measure
    entry = AuditEntry.objects.get()
    assert list(entry.changes) == ["measures"]
    assert measure.code in entry.changes["measures"][1]


def test_remembers_the_author_of_a_report(editor, sign_in, measure):
    row = {"date": "2026-11-01", "text_sl": "Naredili smo polovico."}

    add_row(sign_in(editor), url_of(measure), "reports", row)

    report = measure.reports.get()
    assert (report.author, report.text_en or "") == (editor, "")


def test_keeps_partners_as_a_list(browser, project):
    send(browser, url_of(project), partners="ZRS\r\n\r\n  Knjižnica ")

    assert Project.objects.get().partners == ["ZRS", "Knjižnica"]


def test_deletes_with_history(browser, indicator):
    observation = f.ObservationFactory(indicator=indicator)
    url = reverse("admin:indicators_indicator_delete", args=[indicator.pk])

    browser.post(url, {"post": "yes"})

    deleted = AuditEntry.objects.filter(action="deleted").values_list("model", "object_id")
    assert set(deleted) == {
        ("indicators.indicator", str(indicator.pk)),
        ("indicators.observation", str(observation.pk)),
    }


def test_does_not_delete_what_others_stand_on(browser, measure):
    url = reverse("admin:goals_objective_delete", args=[measure.objective_id])

    browser.post(url, {"post": "yes"})

    assert Objective.objects.exists()


def test_publishes_what_is_complete_and_names_what_is_not(browser):
    complete = f.MeasureFactory(draft=True)
    half = f.MeasureFactory(draft=True, title_en="")
    data = {"action": "publish", "_selected_action": [complete.pk, half.pk]}

    response = browser.post(reverse("admin:measures_measure_changelist"), data, follow=True)

    assert list(Measure.objects.filter(publication="published")) == [complete]
    texts = [str(message) for message in response.context["messages"]]
    assert any("both languages" in text for text in texts), texts


def test_links_to_the_public_page_of_a_draft(browser):
    draft = f.MeasureFactory(draft=True)

    page = browser.get(url_of(draft)).content.decode()

    assert f'href="{draft.url_in("sl")}"' in page
    assert f'href="{draft.url_in("en")}"' in page


def test_shows_a_draft_that_has_no_address_yet(browser):
    draft = f.MeasureFactory(draft=True, title_en=None, slug_en=None)

    page = browser.get(url_of(draft)).content.decode()

    assert f'href="{draft.url_in("sl")}"' in page
    assert "On the site: English" not in page


def test_only_one_strategy_is_shown(browser):
    f.StrategyFactory()
    other = f.StrategyFactory(code="other", is_current=False)

    response = send(browser, url_of(other), is_current="on")

    assert "Another strategy" in errors_of(response)


def test_refuses_a_script_as_a_source(browser, measure):
    data = fields_of(browser.get(url_of(measure))) | {"source": "javascript:alert(1)"}

    assert errors_of(browser.post(url_of(measure), data))


def test_gives_an_address_to_a_new_organisation(browser):
    url = reverse("admin:accounts_organisation_add")

    answer = send(browser, url, code="C", name_sl="Šola", name_en="School")

    assert answer.status_code == 302
    organisation = Organisation.objects.get(code="C")
    assert (organisation.slug_sl, organisation.slug_en) == ("sola", "school")
