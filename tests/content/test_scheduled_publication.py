"""Readers see a record from its very moment; the task only settles its state."""

from datetime import timedelta

import pytest
from django.utils import timezone

from goals.models import Goal
from portal.common.models import AuditEntry
from portal.common.states import Publication
from portal.content.publishing import publish_due
from portal.content.tasks import publish_scheduled
from tests import factories as make

pytestmark = pytest.mark.django_db

FACTORIES = [
    *(make.StrategyFactory, make.GoalFactory, make.ObjectiveFactory, make.MeasureFactory),
    *(make.ProjectFactory, make.IndicatorFactory, make.ProgressReportFactory),
]


def scheduled(factory=make.GoalFactory, minutes=-1, **values):
    moment = timezone.now() + timedelta(minutes=minutes)
    return factory(publication=Publication.SCHEDULED, publish_at=moment, **values)


def state_of(record) -> str:
    return type(record).objects.get(pk=record.pk).publication


@pytest.mark.parametrize("factory", FACTORIES)
def test_publishes_what_is_due(factory):
    record = scheduled(factory)

    assert publish_due() == 1
    assert state_of(record) == Publication.PUBLISHED


def test_leaves_what_is_not_due():
    record = scheduled(minutes=5)

    assert publish_due() == 0
    assert state_of(record) == Publication.SCHEDULED


def test_time_is_an_argument():
    record = scheduled(minutes=5)

    assert publish_due(on=record.publish_at) == 1


def test_readers_do_not_wait_for_the_task(client):
    record = scheduled()

    assert client.get(record.url_in("en")).status_code == 200


def test_writes_into_the_history_that_it_was_the_schedule():
    record = scheduled()

    publish_scheduled()

    entry = AuditEntry.objects.of(record).get()
    assert (entry.source, entry.by) == (AuditEntry.Source.TASK, None)
    assert entry.changes == {"publication": ["scheduled", "published"]}


def test_running_twice_changes_nothing_more():
    scheduled()
    publish_scheduled()
    before = list(Goal.objects.values())

    publish_scheduled()

    assert list(Goal.objects.values()) == before
    assert AuditEntry.objects.count() == 1


def test_leaves_a_broken_record_and_publishes_the_others():
    broken, sound = scheduled(), scheduled()
    Goal.objects.filter(pk=broken.pk).update(source="no address")

    assert publish_due() == 1
    assert state_of(broken) == Publication.SCHEDULED
    assert state_of(sound) == Publication.PUBLISHED


@pytest.mark.parametrize("publication", [Publication.DRAFT, Publication.ARCHIVED])
def test_publishes_nothing_that_is_not_scheduled(publication):
    past = timezone.now() - timedelta(days=1)
    record = make.GoalFactory(publication=publication, publish_at=past)

    assert publish_due() == 0
    assert state_of(record) == publication
