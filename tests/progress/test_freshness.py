"""“Last confirmed on” and “next update due”, as readers see them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils.translation import override

from indicators.models import Observation
from measures.models import Project
from portal.progress.freshness.records import (
    Freshness,
    due_soon_q,
    freshness_of,
    overdue_q,
    with_freshness,
)
from portal.progress.freshness.rules import Period
from tests import factories as f

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Europe/Ljubljana")
AT = datetime(2026, 11, 25, 12, tzinfo=HERE)


def shown(record, at=AT, language="en") -> str:
    with override(language):
        template = Template("{% load freshness %}{% freshness record at %}")
        return template.render(Context({"record": record, "at": at}))


@pytest.fixture
def indicator(db):
    made = f.IndicatorFactory(update_rhythm="quarterly")
    type(made).objects.update(created_at=datetime(2026, 1, 15, tzinfo=HERE))
    return made


def add_value(indicator, recorded_at: datetime) -> None:
    value = f.ObservationFactory(indicator=indicator)
    Observation.objects.filter(pk=value.pk).update(recorded_at=recorded_at)


def test_the_latest_sign_counts(indicator):
    add_value(indicator, datetime(2026, 8, 1, tzinfo=HERE))
    f.ConfirmationFactory(indicator=indicator, on=date(2026, 10, 5))

    found = freshness_of(indicator, AT)

    assert found == Freshness(date(2026, 10, 5), Period(date(2027, 1, 1), date(2027, 3, 31)))


def test_what_was_never_confirmed_says_so_and_is_due_all_the_same(indicator):
    found = freshness_of(indicator, AT)

    assert found == Freshness(None, Period(date(2026, 4, 1), date(2026, 6, 30)))
    assert found.is_overdue(AT.date())


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-28T23:30+00:00", date(2026, 3, 29)),  # summer time begins in this night
        ("2026-03-29T21:59+00:00", date(2026, 3, 29)),
        ("2026-03-29T22:01+00:00", date(2026, 3, 30)),
        ("2026-10-24T22:30+00:00", date(2026, 10, 25)),  # and ends in this one
        ("2026-10-25T22:59+00:00", date(2026, 10, 25)),
        ("2026-10-25T23:01+00:00", date(2026, 10, 26)),
    ],
)
def test_days_are_those_of_the_city(indicator, moment, day):
    add_value(indicator, datetime.fromisoformat(moment))

    assert freshness_of(indicator, AT).confirmed_on == day


def test_drafts_of_reports_and_days_to_come_are_no_signs():
    measure = f.MeasureFactory(update_rhythm="yearly")
    f.ProgressReportFactory(measure=measure, draft=True, date=date(2026, 5, 1))
    f.ProgressReportFactory(measure=measure, date=date(2027, 5, 1))
    f.ProgressReportFactory(measure=measure, date=date(2026, 2, 1))

    assert freshness_of(measure, AT).confirmed_on == date(2026, 2, 1)


def test_a_past_day_shows_what_was_known_then(indicator):
    add_value(indicator, datetime(2026, 8, 1, tzinfo=HERE))
    f.FormerObservationFactory(
        indicator=indicator,
        recorded_at=datetime(2026, 2, 1, tzinfo=HERE),
        replaced_at=datetime(2026, 8, 1, tzinfo=HERE),
    )
    f.ConfirmationFactory(indicator=indicator, on=date(2026, 9, 1))

    days = [freshness_of(indicator, AT.replace(month=m)).confirmed_on for m in (1, 3, 8, 9)]

    assert days == [None, date(2026, 2, 1), date(2026, 8, 1), date(2026, 9, 1)]


@pytest.mark.parametrize("change", [{"update_rhythm": ""}, {"publication": "draft"}])
def test_expects_no_update_where_none_is_promised(indicator, change):
    type(indicator).objects.update(**change)
    indicator.refresh_from_db()

    assert freshness_of(indicator, AT).due is None


def test_the_database_finds_what_is_overdue_and_due_soon():
    for day in range(1, 29):
        project = f.ProjectFactory(update_rhythm="monthly")
        month = 8 + day % 4
        f.ConfirmationFactory(indicator=None, project=project, on=date(2026, month, day))
    on = AT.date()
    records = with_freshness(Project.objects.all(), AT)

    due = {record.pk: freshness_of(record).due.end for record in records}

    overdue = {key for key, day in due.items() if day < on}
    soon = {key for key, day in due.items() if 0 <= (day - on).days <= 30}
    assert overdue
    assert soon
    assert set(records.filter(overdue_q(on)).values_list("pk", flat=True)) == overdue
    assert set(records.filter(due_soon_q(on)).values_list("pk", flat=True)) == soon


def test_shows_the_days_and_the_sentence(indicator):
    f.ConfirmationFactory(
        indicator=indicator,
        on=date(2026, 10, 5),
        sentence_sl="",
        sentence_en="All <b>as before</b>.",
    )

    text = shown(indicator)

    assert '<time datetime="2026-10-05">' in text
    assert '<time datetime="2027-03-31">' in text
    assert "All &lt;b&gt;as before&lt;/b&gt;." in text
    assert "data-overdue" not in text


def test_a_sentence_keeps_its_language(indicator):
    f.ConfirmationFactory(
        indicator=indicator,
        on=date(2026, 10, 5),
        sentence_sl="",
        sentence_en="As before, all of it.",
    )

    assert '<small lang="en">As before, all of it.</small>' in shown(indicator, language="sl")


def test_says_that_an_update_is_overdue(indicator):
    text = shown(indicator)

    assert "data-overdue" in text
    assert "Update overdue since" in text
    assert '<time datetime="2026-06-30">' in text


def test_asks_once_on_a_page_and_never_in_a_list(indicator, django_assert_num_queries):
    f.ConfirmationFactory(indicator=indicator, on=date(2026, 10, 5))
    (row,) = with_freshness(type(indicator).objects.all(), AT)

    with django_assert_num_queries(1):
        shown(indicator)
    with django_assert_num_queries(0):
        shown(row)
