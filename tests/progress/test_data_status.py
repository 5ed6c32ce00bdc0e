"""Which indicators have data, are stale, or lack an owner, a target or a rule."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from portal.common.query import asking
from portal.progress.freshness.data_status import PICKS
from tests import factories as f

pytestmark = pytest.mark.django_db

PAGE = "/en/indicators/data-status/"


def counts(client) -> dict[str, int]:
    return {count["key"]: count["count"] for count in client.get(PAGE).context["counts"]}


def table(client, **query) -> list[dict[str, str]]:
    answer = client.get(PAGE, {**query, "format": "csv"})
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def full_indicator(**values):
    """With a value, a target, an organisation, an owner and a rhythm."""
    indicator = f.IndicatorFactory(
        organisation=f.OrganisationFactory(),
        owner=f.UserFactory(staff=True),
        update_rhythm="yearly",
        **values,
    )
    f.TargetFactory(indicator=indicator)
    f.ObservationFactory(indicator=indicator, period="2025")
    return indicator


def bare_indicator(**values):
    return f.IndicatorFactory(measure__organisation=None, **values)


def test_counts_what_is_there_and_what_is_missing(client):
    full_indicator()
    bare_indicator()

    ones = ("data", "no-data", "no-target", "no-rule", "no-organisation", "no-owner", "nobody")
    assert counts(client) == dict.fromkeys(PICKS, 0) | dict.fromkeys(ones, 1)


def test_each_number_leads_to_as_many_rows(client):
    full_indicator()
    bare_indicator()
    f.ObservationFactory(indicator=bare_indicator(), provisional=True, period="2025")
    f.ConfirmationFactory(indicator=bare_indicator(update_rhythm="monthly"), on=date(2020, 1, 1))
    f.AssessmentFactory(subject=bare_indicator(), state="stale")

    for count in client.get(PAGE).context["counts"]:
        answer = client.get(PAGE + count["url"])
        rows = sum(len(lines) for _goal, lines in answer.context["groups"])
        assert rows == count["count"] == len(table(client, pick=count["key"])), count
        assert rows or count["key"] not in ("provisional", "stale", "overdue")


@pytest.mark.parametrize("pick", PICKS)
def test_a_list_without_rows_says_so(client, pick):
    f.StrategyFactory()

    assert (
        "There is no such indicator at the moment."
        in client.get(PAGE, {"pick": pick}).content.decode()
    )


def test_shows_no_person(client):
    owner = full_indicator().owner

    page = client.get(PAGE).content.decode()

    assert "an owner is named" in page
    for secret in (owner.display_name, owner.email):
        assert secret not in page + str(table(client))


@pytest.mark.parametrize(
    ("people", "owner", "nobody"),
    [
        ({}, 1, 1),
        ({"deputy": {"staff": True}}, 1, 0),
        ({"owner": {"staff": True}}, 0, 0),
        ({"owner": {"staff": True, "is_active": False}}, 1, 1),
    ],
)
def test_an_owner_is_somebody_who_has_not_left(client, people, owner, nobody):
    f.IndicatorFactory(**{role: f.UserFactory(**values) for role, values in people.items()})

    found = counts(client)

    assert (found["no-owner"], found["nobody"]) == (owner, nobody)


@pytest.mark.parametrize(
    ("indicator", "target", "rule"),
    [
        ({"kind": "count"}, None, "none"),
        ({"kind": "count"}, {"operator": "words", "value": None}, "none"),
        ({"kind": "count"}, {}, "default"),
        ({"kind": "milestone"}, None, "default"),
        ({"kind": "binary"}, {"operator": "words", "value": None}, "default"),
        ({"kind": "recurring"}, {"by": ""}, "none"),
        ({"kind": "recurring"}, {"per": "year", "by": ""}, "default"),
        ({"kind": "recurring", "update_rhythm": "monthly"}, None, "default"),
        (
            {
                "kind": "milestone",
                "availability": "discontinued",
                "availability_reason_sl": "Ni več.",
                "availability_reason_en": "No more.",
            },
            None,
            "none",
        ),
    ],
)
def test_says_by_which_rule_it_is_judged(client, indicator, target, rule):
    made = f.IndicatorFactory(**indicator)
    if target is not None:
        f.TargetFactory(indicator=made, **target)

    ((_goal, (line,)),) = client.get(PAGE).context["groups"]

    assert line.rule == rule


@pytest.mark.parametrize(("valid_from", "rule"), [("2020-01-01", "own"), ("2999-01-01", "default")])
def test_criteria_of_its_own_count_from_their_day(client, valid_from, rule):
    indicator = full_indicator()
    f.CriteriaVersionFactory(indicator=indicator, valid_from=date.fromisoformat(valid_from))

    ((_goal, (line,)),) = client.get(PAGE).context["groups"]

    assert line.rule == rule


def test_a_state_set_by_a_person_hides_no_stale_data(client):
    f.AssessmentFactory(subject=full_indicator(), state="on_track", computed_state="stale")

    assert counts(client)["stale"] == 1


def test_says_when_it_was_confirmed_and_when_the_next_update_is_due(client):
    indicator = full_indicator()
    today = timezone.localdate()

    (row,) = table(client)

    assert row["code"] == indicator.code
    assert row["last confirmed"] == str(today)
    assert row["next update due"] == f"{today.year + 1}-12-31"


@pytest.mark.parametrize("query", [{"pick": "x"}, {"format": "pdf"}, {"pick": "a" * 201}])
def test_refuses_a_list_that_does_not_exist(client, query):
    f.StrategyFactory()

    assert client.get(PAGE, query).status_code == 400


def test_a_name_in_the_table_is_no_formula(client):
    full_indicator(name_en="=1+1")

    assert table(client)[0]["indicator"] == "'=1+1"


def test_shows_drafts_to_their_editors_only(client, chief_editor):
    bare_indicator(name_en="Still a draft", draft=True)

    assert table(client) == []
    client.force_login(chief_editor)
    assert table(client)[0]["indicator"] == "Still a draft"
    assert client.get(PAGE, {"format": "csv"}).headers["Cache-Control"] == "private, no-store"


def test_marks_sample_data(client):
    indicator = full_indicator()
    assert "data-sample" not in client.get(PAGE).content.decode()

    indicator.observations.update(is_sample=True)

    assert "data-sample" in client.get(PAGE).content.decode()
    assert table(client)[0]["sample data"] == "yes"


def test_takes_the_same_queries_for_one_and_for_thirty(client):
    full_indicator()
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for _ in range(29):
        f.AssessmentFactory(subject=full_indicator())

    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)

    assert len(many) == len(few) <= 15


def test_has_its_table_in_slovenian(client):
    full_indicator(name_sl="Drevesa")

    with override("sl"):
        answer = client.get(f"/sl/kazalniki/stanje-podatkov/{asking(format='csv')}")

    assert "Drevesa" in answer.content.decode()


def test_reads_only_the_latest_value_of_each_indicator(client):
    for indicator in (full_indicator(), full_indicator()):
        for year in ("2022", "2023", "2024"):
            f.ObservationFactory(indicator=indicator, period=year)
    with CaptureQueriesContext(connection) as asked:
        groups = client.get(PAGE).context["groups"]

    assert [line.latest.period for _goal, lines in groups for line in lines] == ["2025"] * 2
    assert not any(" OVER (" in query["sql"] for query in asked.captured_queries)
