"""Counts, dates, filters and links follow the language of the page."""

from itertools import chain

import html5lib
import pytest
from django.utils.translation import override

from tests.crawl import LANGUAGES
from tests.factories import (
    GoalFactory,
    IndicatorFactory,
    MeasureFactory,
    OrganisationFactory,
    ProgressReportFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

COUNTED = {
    "sl": {1: "1 ukrep", 2: "2 ukrepa", 3: "3 ukrepi", 4: "4 ukrepi", 5: "5 ukrepov"},
    "en": {1: "1 measure", 2: "2 measures", 3: "3 measures", 4: "4 measures", 5: "5 measures"},
}
LISTS = {"sl": "/sl/organizacije/", "en": "/en/organisations/"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_counts_in_every_plural_form(client, language, count):
    measure = MeasureFactory(organisation=OrganisationFactory(code="A"))
    MeasureFactory.create_batch(
        count - 1, objective=measure.objective, organisation=measure.organisation
    )

    page = client.get(LISTS[language])

    assert f"<span>{COUNTED[language][count]}</span>" in page.content.decode()


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "Filtru ustreza 1 ukrep."),
        (2, "Filtru ustrezata 2 ukrepa."),
        (3, "Filtru ustrezajo 3 ukrepi."),
        (5, "Filtru ustreza 5 ukrepov."),
    ],
)
def test_verbs_agree_with_the_number(client, count, sentence):
    measure = MeasureFactory(title_sl="Mreža 1", title_en="Network 1")
    for number in range(2, count + 1):
        MeasureFactory(objective=measure.objective, title_sl=f"Mreža {number}")

    page = client.get("/sl/cilji-in-ukrepi/?q=mreža")

    assert sentence in page.content.decode()


@pytest.mark.parametrize(
    ("by", "precision", "slovenian", "english"),
    [
        ("2027", "year", "do konca leta 2027", "by the end of 2027"),
        ("2027-03", "month", "do konca marca 2027", "by the end of March 2027"),
        ("2027-11", "month", "do konca novembra 2027", "by the end of November 2027"),
        ("2027-06-30", "day", "do 30. 6. 2027", "by 30 June 2027"),
    ],
)
def test_deadlines_are_inflected(by, precision, slovenian, english):
    target = TargetFactory(by=by, by_precision=precision)

    with override("sl"):
        assert target.by_words == slovenian
    with override("en"):
        assert target.by_words == english


def switch(page) -> str:
    """Where the language switch of a page leads."""
    tree = html5lib.parse(page.content.decode(), namespaceHTMLElements=False)
    (link,) = tree.findall(".//nav[@class='language-switch']//a")
    assert link.get("hreflang") == link.get("lang")
    return link.get("href")


def records():
    measure = MeasureFactory(organisation=OrganisationFactory(code="A"))
    indicator = IndicatorFactory(measure=measure)
    above = (measure, measure.objective, measure.objective.goal, measure.organisation, indicator)
    return [record.url_in("sl") for record in above]


def test_switching_the_language_twice_returns(client):
    filters = "?q=Ukrep&stanje=none&organizacija=A"
    paths = ["/sl/", "/sl/kazalniki/stanje-podatkov/", "/sl/racun/login/", "/sl/zasebnost/"]
    questions = [f"/sl/cilji-in-ukrepi/{filters}", "/sl/iskanje/?q=%C5%A1ola"]

    for path in chain(records(), paths, questions):
        english = switch(client.get(path))
        assert english.startswith("/en/")
        assert client.get(english).status_code == 200
        assert switch(client.get(english)) == path


def test_filters_keep_their_meaning_in_the_other_language(client):
    measure = MeasureFactory(organisation=OrganisationFactory(code="A"))

    english = switch(client.get("/sl/cilji-in-ukrepi/?stanje=none&organizacija=A"))

    assert english == "/en/goals-and-measures/?status=none&organisation=A"
    assert measure.title_en in client.get(english).content.decode()


def test_filters_of_the_other_language_are_renamed_with_the_address(client):
    GoalFactory()

    answer = client.get("/en/cilji-in-ukrepi/?stanje=achieved&x=1")

    assert answer.headers["Location"] == "/en/goals-and-measures/?status=achieved&x=1"


def test_a_missing_translation_leads_to_the_original(client):
    report = ProgressReportFactory(text_sl="Mreža raste.", text_en="")
    english = report.measure.url_in("en")

    page = client.get(english).content.decode()

    assert "Mreža raste." not in page
    assert "This text has not been translated yet." in page
    link = f'<a href="{report.measure.url_in("sl")}" lang="sl" hreflang="sl">'
    assert f"{link}Preberite v slovenščini</a>" in page
