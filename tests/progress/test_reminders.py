"""Who is told that an update is due, when, how often and in which words."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.models import Observation
from portal.common import ledger
from portal.common.models import Delivery, Event
from portal.progress.freshness.rules import STAGES
from portal.progress.freshness.services import confirm_unchanged, remind
from portal.progress.freshness.tasks import remind_of_updates
from tests import factories as f

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Europe/Ljubljana")
DUE = date(2026, 12, 31)


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=HERE)


def after(days: int) -> datetime:
    """Six o'clock so many days after (or before) the due day."""
    return morning(DUE + timedelta(days=days))


def staff(**values):
    return f.UserFactory(staff=True, **values)


@pytest.fixture
def owner(db):
    return staff(email="owner@example.org")


@pytest.fixture
def deputy(db):
    return staff(email="deputy@example.org")


@pytest.fixture
def measure(owner, deputy):
    """A measure last reported on in 2025, and so due at the end of 2026."""
    made = f.MeasureFactory(update_rhythm="yearly", owner=owner, deputy=deputy)
    f.ProgressReportFactory(measure=made, date=date(2025, 5, 1))
    return made


def told(at: datetime) -> list[str]:
    """Whom a run at this moment tells."""
    known = set(Delivery.objects.values_list("pk", flat=True))
    remind(at)
    new = Delivery.objects.exclude(pk__in=known).order_by("recipient__email")
    return [delivery.recipient.email.split("@")[0] for delivery in new]


def sent(at: datetime) -> list:
    """The mails that a run at this moment makes."""
    mail.outbox.clear()
    remind(at)
    ledger.send_due(at)
    return mail.outbox


def test_tells_the_owner_at_each_stage_and_late_the_deputy_too(measure):
    found = {stage: told(after(stage)) for stage in STAGES}

    assert found == {stage: ["owner"] for stage in STAGES} | {30: ["deputy", "owner"]}


def test_tells_each_stage_once(measure):
    mails = [person for days in range(-60, 120) for person in told(after(days))]

    assert len(mails) == len(STAGES) + 1
    assert Event.objects.filter(kind="reminder").count() == len(STAGES)


def test_runs_once_a_day(measure):
    assert remind(after(-7)) == 1
    assert remind(after(-7) + timedelta(hours=3)) == 0


def test_after_a_week_without_a_worker_only_the_latest_stage_is_told(measure):
    told(after(-8))

    assert told(after(2)) == ["owner"]
    keys = Event.objects.filter(kind="reminder").values_list("key", flat=True)
    assert sorted(key.rsplit(":", 1)[1] for key in keys) == ["-30", "1"]
    assert told(after(3)) == []


def test_a_sign_of_life_ends_the_reminders(measure, owner):
    told(after(-30))

    confirm_unchanged(record=measure, sentences={"sl": "Preverjeno."}, by=owner, at=after(-10))

    assert [told(after(days)) for days in (-7, -1, 1, 30)] == [[], [], [], []]
    assert told(morning(date(2027, 12, 1))) == ["owner"]


def test_a_withdrawn_sign_of_life_repeats_no_stage(measure, owner):
    told(after(-7))
    word = confirm_unchanged(record=measure, sentences={"sl": "Pomota."}, by=owner, at=after(-6))
    told(after(-5))
    word.delete()

    assert told(after(-4)) == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_the_deputy_stands_in_for_an_owner_who_cannot_be_told(measure, owner, change):
    type(owner).objects.filter(pk=owner.pk).update(**change)

    assert [told(after(stage)) for stage in (-7, 30)] == [["deputy"], ["deputy"]]


def test_nobody_named_is_told_once_somebody_is(measure):
    type(measure).objects.update(owner=None, deputy=None)
    assert told(after(-7)) == []

    type(measure).objects.update(owner=staff(email="new@example.org"))

    assert told(after(-6)) == ["new"]


def test_owner_and_deputy_in_one_person_get_one_mail(measure, owner):
    type(measure).objects.update(deputy=owner)

    assert told(after(30)) == ["owner"]


@pytest.mark.parametrize(
    "change",
    [
        {"publication": "draft"},
        {"publication": "archived"},
        {"lifecycle": "discontinued", "lifecycle_reason_sl": "x", "lifecycle_reason_en": "x"},
        {"update_rhythm": ""},
    ],
)
def test_expects_nothing_of_what_is_not_public_or_has_ended(measure, change):
    type(measure).objects.update(**change)

    assert told(after(-7)) == []


def test_expects_nothing_below_a_draft_nor_of_another_strategy(measure):
    type(measure.objective).objects.update(publication="draft")
    assert told(after(-7)) == []

    type(measure.objective).objects.update(publication="published")
    type(measure.strategy).objects.update(is_current=False)
    assert told(after(-6)) == []


@pytest.mark.parametrize("status", ["completed", "stopped"])
def test_expects_nothing_of_a_project_that_has_ended(owner, status):
    project = f.ProjectFactory(update_rhythm="yearly", owner=owner)
    f.ConfirmationFactory(indicator=None, project=project, on=date(2025, 1, 1))
    assert told(after(-30)) == ["owner"]

    type(project).objects.update(status=status)

    assert told(after(-7)) == []


def test_counts_an_indicator_from_the_day_its_value_became_known(owner):
    indicator = f.IndicatorFactory(update_rhythm="monthly", owner=owner)
    value = f.ObservationFactory(indicator=indicator, period="2025")
    # Half past midnight on 1 March in the summer or winter time of the site, still February in UTC.
    Observation.objects.filter(pk=value.pk).update(
        recorded_at=datetime(2026, 2, 28, 23, 30, tzinfo=ZoneInfo("UTC"))
    )

    assert told(morning(date(2026, 3, 24))) == []
    assert told(morning(date(2026, 4, 23))) == ["owner"]


def test_what_was_never_confirmed_counts_from_its_first_day(owner):
    measure = f.MeasureFactory(update_rhythm="monthly", owner=owner)
    type(measure).objects.update(created_at=datetime(2026, 9, 1, 10, tzinfo=HERE))

    assert told(morning(date(2026, 9, 30))) == []
    assert told(morning(date(2026, 10, 24))) == ["owner"]


def test_one_mail_holds_all_that_falls_on_one_day(measure, owner):
    other = f.IndicatorFactory(update_rhythm="quarterly", owner=owner)
    type(other).objects.update(created_at=datetime(2026, 9, 1, 10, tzinfo=HERE))

    (message,) = sent(after(-7))

    assert message.subject == "2 records need your update"
    assert measure.title_en in message.body
    assert other.name_en in message.body


@pytest.mark.parametrize(
    ("language", "due", "lang"), [("en", "31 December 2026", "en"), ("sl", "31. 12. 2026", "sl")]
)
def test_writes_in_the_language_of_the_reader(measure, owner, language, due, lang):
    type(owner).objects.filter(pk=owner.pk).update(language=language)

    (message,) = sent(after(-7))

    assert message.to == [owner.email]
    assert getattr(measure, f"title_{language}") in message.body
    assert due in message.body
    html = message.alternatives[0][0]
    assert f'lang="{lang}"' in html
    for text in (message.body, html):
        assert f"/admin/measures/measure/{measure.pk}/change/" in text
        assert f"/admin/confirm/measure/{measure.pk}/" in text


def test_no_title_becomes_markup(measure):
    type(measure).objects.update(title_en="<b>Bold</b> & more\n\nBcc: x")

    (message,) = sent(after(-7))

    assert "<b>Bold</b> & more Bcc: x" in message.body
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; more Bcc: x" in message.alternatives[0][0]


@pytest.fixture
def head(measure):
    person = staff(email="head@example.org")
    type(measure.organisation).objects.filter(pk=measure.organisation_id).update(head=person)
    return person


def test_lists_what_is_overdue_for_the_head_once_a_month(measure, head):
    days = [date(2026, 12, 1), date(2027, 1, 1), date(2027, 1, 2), date(2027, 2, 1)]

    assert ["head" in told(morning(day)) for day in days] == [False, True, False, True]


def test_the_list_of_a_month_is_made_up_for(measure, head):
    assert "head" in told(morning(date(2027, 1, 5)))


def test_the_head_reads_what_is_overdue_and_what_nobody_looks_after(measure, head):
    organisation = measure.organisation
    lent = f.IndicatorFactory(measure=measure, update_rhythm="monthly")
    type(lent).objects.update(created_at=after(-5))
    type(measure).objects.update(owner=None, deputy=None)

    (message,) = sent(morning(date(2027, 1, 1)))

    assert message.subject == "1 update is overdue"
    assert organisation.name_en in message.body
    assert measure.title_en in message.body
    assert "Nobody is named who could update it." in message.body
    assert "2 records have neither an owner nor a deputy." in message.body
    assert lent.name_en not in message.body


def test_a_head_who_has_left_gets_nothing(measure, head):
    type(head).objects.filter(pk=head.pk).update(is_active=False)

    assert "head" not in told(morning(date(2027, 1, 1)))


def make_due(owner, number: int) -> None:
    for _ in range(number):
        measure = f.MeasureFactory(update_rhythm="yearly", owner=owner)
        f.ProgressReportFactory(measure=measure, date=date(2025, 5, 1))


def test_takes_the_same_queries_for_one_and_for_thirty(owner):
    remind(after(-20))  # the list of this month
    make_due(owner, 1)
    with CaptureQueriesContext(connection) as few:
        assert remind(after(-7)) == 1
    make_due(owner, 29)

    with CaptureQueriesContext(connection) as many:
        assert remind(after(-1)) == 1

    assert len(many) == len(few) <= 20


def test_waits_for_the_morning(measure, monkeypatch):
    for hour, count in ((5, 0), (6, 1)):
        now = after(-7).replace(hour=hour)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        remind_of_updates(now=now)

        assert Delivery.objects.count() == count
