"""The one way to write a record: checked, with its history, all or nothing."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import override

from goals.models import Goal, GoalSlug
from portal.common import services
from portal.common.models import AuditEntry
from portal.common.services import delete_record, give_slugs, save_record, set_links
from portal.common.states import Publication
from tests.factories import (
    GoalFactory,
    MeasureFactory,
    ObservationFactory,
    OrganisationFactory,
    ProjectFactory,
    StrategyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal():
    return GoalFactory(title_sl="Voda", title_en="Water", slug_sl="voda", slug_en="water")


def renamed(goal, **slugs):
    for column, slug in slugs.items():
        setattr(goal, column, slug)
    return save_record(record=goal, by=None)


def former(goal):
    return set(goal.old_slugs.values_list("language", "slug"))


def test_writes_what_changed_and_who_did_it(goal, chief_editor):
    goal.title_sl, goal.title_en = "Čista voda", "Clean water"

    entry = save_record(record=goal, by=chief_editor)

    assert entry.changes == {
        "title_sl": ["Voda", "Čista voda"],
        "title_en": ["Water", "Clean water"],
    }
    assert (entry.by, entry.action, entry.source) == (chief_editor, "changed", "admin")
    assert list(AuditEntry.objects.of(goal)) == [entry]


def test_refuses_a_null_character_wherever_it_comes_from(goal):
    goal.summary_en = "Wa\x00ter"

    with pytest.raises(ValidationError, match="Null characters"), override("en"):
        save_record(record=goal, by=None)


def test_writes_the_first_values_of_a_new_record(administrator):
    goal = Goal(strategy=StrategyFactory(), code="7", title_sl="Zrak")

    entry = save_record(record=goal, by=administrator, source=AuditEntry.Source.LOAD)

    assert (entry.action, entry.source) == ("created", "load")
    assert entry.changes["title_sl"] == [None, "Zrak"]
    assert "title_en" not in entry.changes


def test_writes_nothing_where_nothing_changed(goal):
    before = Goal.objects.get().updated_at

    entry = save_record(record=Goal.objects.get(), by=None)

    assert entry is None
    assert not AuditEntry.objects.exists()
    assert Goal.objects.get().updated_at == before


@pytest.mark.parametrize("value", ["42", "42.0", Decimal("42.0000")])
def test_sees_no_change_in_another_spelling_of_a_number(value):
    observation = ObservationFactory(value=Decimal(42))
    observation.value = value

    assert save_record(record=observation, by=None) is None


def test_sees_no_change_in_the_same_moment_of_another_zone():
    noon = datetime(2030, 1, 1, 12, tzinfo=UTC)
    goal = GoalFactory(publication=Publication.SCHEDULED, publish_at=noon)

    goal.publish_at = noon.astimezone(timezone(timedelta(hours=1)))

    assert save_record(record=goal, by=None) is None


def test_sees_no_change_between_null_and_empty(goal):
    goal.content_note_sl = ""

    assert save_record(record=goal, by=None) is None


@pytest.mark.parametrize(("language", "column"), [("sl", "title_sl"), ("en", "title_en")])
def test_writes_a_bare_text_to_the_active_language(goal, language, column):
    with override(language):
        record = Goal.objects.get()
        record.title = "Nov naslov"
        entry = save_record(record=record, by=None)

    assert entry.changes.keys() == {column}
    assert getattr(Goal.objects.get(), column) == "Nov naslov"


@pytest.mark.parametrize("language", ["sl", "en"])
def test_saving_in_either_language_keeps_both_texts(goal, language):
    with override(language):
        record = Goal.objects.get()
        record.content_state = "partial"
        save_record(record=record, by=None)

    saved = Goal.objects.get()
    assert (saved.title_sl, saved.title_en) == ("Voda", "Water")
    assert (saved.slug_sl, saved.slug_en) == ("voda", "water")


def test_keeps_a_former_address(goal):
    renamed(goal, slug_sl="cista-voda")

    assert former(goal) == {("sl", "voda")}


def test_an_address_that_comes_back_leaves_the_history(goal):
    renamed(goal, slug_sl="cista-voda")

    renamed(goal, slug_sl="voda")

    assert former(goal) == {("sl", "cista-voda")}


def test_keeps_a_former_address_once(goal):
    for slug in ("a", "b", "a", "b"):
        renamed(goal, slug_en=slug)

    assert former(goal) == {("en", "water"), ("en", "a")}


def test_a_first_address_has_no_former_one():
    goal = GoalFactory(draft=True, slug_en=None)

    renamed(goal, slug_en="water")

    assert not GoalSlug.objects.exists()


def test_refuses_a_record_that_breaks_a_rule_and_writes_nothing(goal):
    goal.title_en, goal.slug_sl = "", "cista-voda"

    with pytest.raises(ValidationError):
        save_record(record=goal, by=None)

    stored = Goal.objects.get()
    assert (stored.title_en, stored.slug_sl) == ("Water", "voda")
    assert not AuditEntry.objects.exists()
    assert not GoalSlug.objects.exists()


def test_leaves_nothing_half_written(goal, monkeypatch):
    def breaks(**kwargs):
        raise IntegrityError

    monkeypatch.setattr(services, "remember", breaks)

    with pytest.raises(IntegrityError):
        renamed(goal, slug_sl="cista-voda")

    assert Goal.objects.get().slug_sl == "voda"
    assert not GoalSlug.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"publication": Publication.SCHEDULED},
        {"slug_sl": "zakaj"},
        {"slug_en": "Water!"},
        {"code": "1/2"},
        {"published_on": "2023-02-30"},
        {"source": "javascript:alert(1)"},
        {"title_sl": "x" * 301},
    ],
)
def test_checks_every_field(goal, values):
    for name, value in values.items():
        setattr(goal, name, value)

    with pytest.raises(ValidationError):
        save_record(record=goal, by=None)


def test_a_deleted_record_stays_in_the_history(goal, chief_editor):
    key = goal.pk

    delete_record(record=goal, by=chief_editor)

    entry = AuditEntry.objects.get(action="deleted")
    assert not Goal.objects.exists()
    assert (entry.object_id, entry.by, entry.label) == (str(key), chief_editor, str(goal))
    assert entry.changes["title_sl"] == ["Voda", None]


def test_a_deletion_that_fails_leaves_no_trace():
    measure = MeasureFactory()

    with pytest.raises(IntegrityError):  # the measure protects what it hangs on
        delete_record(record=measure.objective, by=None)

    assert not AuditEntry.objects.exists()


def test_never_writes_a_password_into_the_history(administrator, citizen):
    citizen.set_password("another long secret")
    citizen.display_name = "Somebody Else"

    entry = save_record(record=citizen, by=administrator)

    assert entry.changes.keys() == {"display_name"}


def test_links_are_part_of_the_history(chief_editor):
    project, measure = ProjectFactory(), MeasureFactory()

    entry = set_links(record=project, name="measures", targets=[measure], by=chief_editor)

    with override("sl"):
        assert entry.changes == {"measures": [None, str(measure)]}
    assert list(project.measures.all()) == [measure]
    assert set_links(record=project, name="measures", targets=[measure], by=None) is None


def test_gives_an_address_that_no_neighbour_has_or_had(goal):
    renamed(goal, slug_sl="cista-voda")
    other = Goal(strategy=goal.strategy, code="9", title_sl="Voda", title_en="Water")

    give_slugs(other)

    assert (other.slug_sl, other.slug_en) == ("voda-9", "water-9")


def test_gives_no_address_without_a_title():
    organisation = OrganisationFactory.build(name_en="", slug_sl="", slug_en="")

    give_slugs(organisation)

    assert organisation.slug_sl
    assert not organisation.slug_en
