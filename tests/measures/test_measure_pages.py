"""The pages of measures and projects: who, with whom, with what money, and how it ended."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from portal.common.services import save_record
from tests.factories import (
    AmendmentFactory,
    BudgetLineFactory,
    EvidenceFactory,
    MeasureFactory,
    MilestoneFactory,
    OrganisationFactory,
    ProgressReportFactory,
    ProjectFactory,
    StrategyFactory,
)

pytestmark = pytest.mark.django_db


def read(client, record, language="en") -> str:
    answer = client.get(record.url_in(language))
    assert answer.status_code == 200
    return answer.content.decode()


def test_unknown_money_is_not_zero(client):
    line = BudgetLineFactory(planned=123_456, committed=None, spent=0)

    page = read(client, line.project)

    assert "1,234.56 €" in page
    assert "unknown" in page
    assert page.count("0.00 €") == 2  # the line and the total: what is spent, not what is unknown


@pytest.mark.parametrize(("language", "amount"), [("sl", "1.234,56 €"), ("en", "1,234.56 €")])
def test_writes_money_in_the_language_of_the_page(client, language, amount):
    line = BudgetLineFactory(project=None, measure=MeasureFactory(), planned=123_456)

    assert amount in read(client, line.measure, language)


def test_a_measure_that_ended_says_why_by_what_and_what_follows(client):
    measure = MeasureFactory(
        lifecycle="merged",
        lifecycle_reason_sl="Združeno.",
        lifecycle_reason_en="Two became one.",
        amendment=AmendmentFactory(title_en="First amendment", session="12th session"),
    )
    successor = MeasureFactory(objective=measure.objective, title_en="The one")
    measure.successors.add(successor)

    page = read(client, measure)

    for words in ("Two became one.", "First amendment", "12th session", "The one"):
        assert words in page
    assert f'href="{successor.url_in("en")}"' in page


def test_an_amendment_of_another_strategy_is_refused():
    other = StrategyFactory(code="other", slug_sl="druga", slug_en="other", is_current=False)
    measure = MeasureFactory()
    measure.amendment = AmendmentFactory(strategy=other)

    with pytest.raises(ValidationError):
        save_record(record=measure, by=None)


def test_names_partners_and_the_organisations_among_them(client):
    OrganisationFactory(code="water", name_en="Waterworks")
    measure = MeasureFactory(partners=["water", "The University", "<b>bold</b>"])

    page = read(client, measure)

    assert "Waterworks" in page
    assert "The University" in page
    assert "<b>bold" not in page


@pytest.mark.parametrize("partners", [{"a": 1}, [{"a": 1}], [1], [[]], [""], ["  "], "water", 1])
@pytest.mark.parametrize("factory", [MeasureFactory, ProjectFactory])
def test_partners_are_a_list_of_texts(factory, partners):
    record = factory()
    record.partners = partners

    with pytest.raises(ValidationError):
        save_record(record=record, by=None)


def test_a_report_in_one_language_leads_to_its_original(client):
    report = ProgressReportFactory(text_sl="Samo slovensko.", text_en=None)

    page = read(client, report.measure)

    assert "Samo slovensko." not in page
    assert f'href="{report.measure.url_in("sl")}" lang="sl"' in page
    assert "Samo slovensko." in read(client, report.measure, "sl")


def test_shows_reports_latest_first_with_their_evidence(client):
    report = ProgressReportFactory(text_en="New", date=datetime.date(2026, 6, 30))
    ProgressReportFactory(measure=report.measure, text_en="Old", date=datetime.date(2025, 1, 1))
    EvidenceFactory(report=report, title_en="Minutes")

    page = read(client, report.measure)

    assert page.index("New") < page.index("Minutes") < page.index("Old")


def test_a_project_shows_the_next_milestone_that_is_not_done(client):
    project = ProjectFactory()
    MilestoneFactory(
        project=project, due="2198", title_en="Done early", done_on=datetime.date(2026, 1, 1)
    )
    MilestoneFactory(project=project, due="2199-03", title_en="Next step")
    MilestoneFactory(project=project, due="", title_en="Some day")

    block = read(client, project).split('id="next"')[1].split("</section>")[0]

    assert "Next step" in block
    assert "March 2199" in block


def test_a_project_ends_after_it_starts():
    project = ProjectFactory(start="2024-06", end="2024-06")
    project.end = "2023"

    with pytest.raises(ValidationError):
        save_record(record=project, by=None)


def test_a_project_that_serves_nothing_named_says_so(client):
    assert "has not said which goal" in read(client, ProjectFactory())


@pytest.mark.parametrize("factory", [MeasureFactory, ProjectFactory])
def test_the_owner_and_deputy_stay_unnamed(client, chief_editor, factory):
    record = factory(owner=chief_editor, deputy=chief_editor)
    chief_editor.display_name = "Jane Private"
    chief_editor.save()

    page = read(client, record)

    assert "Jane Private" not in page
    assert chief_editor.email not in page


def test_the_history_names_no_person(client, chief_editor):
    measure = MeasureFactory()
    measure.title_en = "Another title"
    save_record(record=measure, by=chief_editor)

    block = read(client, measure).split('id="history"')[1].split("</section>")[0]

    assert "title" in block
    assert str(chief_editor) not in block
    assert chief_editor.email not in block


def test_expects_nothing_more_of_a_measure_that_has_ended(client):
    measure = MeasureFactory(
        lifecycle="discontinued",
        lifecycle_reason_sl="Ni več potrebno.",
        lifecycle_reason_en="No longer needed.",
    )

    page = read(client, measure)

    assert "No longer needed." in page
    assert "Not published yet" not in page
