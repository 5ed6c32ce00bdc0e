"""A record sees to what follows from its change, in the same transaction."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from goals.models import Goal
from portal.common.models import AuditEntry
from portal.common.services import delete_record, save_record, set_links
from tests.factories import GoalFactory, MeasureFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal():
    return GoalFactory(title_sl="Voda", title_en="Water")


@pytest.fixture
def consequences(monkeypatch):
    """What goals were told after they were written: changes, moment, whether they are gone."""
    told = []

    def after_write(self, *, changes, at, deleted):
        told.append((self.pk, changes, at, deleted))

    monkeypatch.setattr(Goal, "after_write", after_write, raising=False)
    return told


def test_a_record_sees_to_what_follows_from_its_change(goal, consequences):
    noon, goal.title_en = datetime(2026, 6, 1, 12, tzinfo=UTC), "Clean water"

    entry = save_record(record=goal, by=None, at=noon)
    save_record(record=goal, by=None)

    changes = {"title_en": ["Water", "Clean water"]}
    assert consequences == [(goal.pk, changes, noon, False)]
    assert entry.at == noon


def test_a_record_sees_to_what_follows_from_its_deletion(goal, consequences):
    key, noon = goal.pk, datetime(2026, 6, 1, 12, tzinfo=UTC)

    delete_record(record=goal, by=None, at=noon)

    [(told_key, changes, at, deleted)] = consequences
    assert (told_key, at, deleted) == (key, noon, True)
    assert changes["title_sl"] == ["Voda", None]
    assert goal.pk is None


def test_a_record_sees_to_what_follows_from_new_links(monkeypatch):
    project, measure, told = ProjectFactory(), MeasureFactory(), []
    monkeypatch.setattr(
        type(project), "after_write", lambda self, **what: told.append(what), raising=False
    )

    entry = set_links(record=project, name="measures", targets=[measure], by=None)

    assert told == [{"changes": entry.changes, "at": entry.at, "deleted": False}]


def test_a_consequence_that_fails_undoes_the_change(goal, monkeypatch):
    def after_write(self, **what):
        raise IntegrityError

    monkeypatch.setattr(Goal, "after_write", after_write, raising=False)
    goal.title_en = "Clean water"

    with pytest.raises(IntegrityError):
        save_record(record=goal, by=None)

    assert Goal.objects.get().title_en == "Water"
    assert not AuditEntry.objects.exists()
