"""Who sees what: publication x state of the records above x role, for every public model."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from goals.models import Strategy
from portal.accounts.models import Role
from portal.common.models import Publishable
from portal.common.states import Publication
from tests import factories as make

pytestmark = pytest.mark.django_db

PAST, FUTURE = timedelta(hours=-1), timedelta(hours=1)
STATES = {
    "draft": (Publication.DRAFT, None),
    "due": (Publication.SCHEDULED, PAST),
    "scheduled": (Publication.SCHEDULED, FUTURE),
    "published": (Publication.PUBLISHED, None),
    "archived": (Publication.ARCHIVED, None),
    # A time that has passed publishes nothing by itself.
    "draft with a time": (Publication.DRAFT, PAST),
    "archived with a time": (Publication.ARCHIVED, PAST),
}
PUBLIC = {"due", "published"}
SEES_ALL = {"chief editor", "administrator"}
SEES_OWN = {"editor"}
ROLES = [
    *("nobody", "anonymous", "citizen", "councillor", "moderator", "staff", "editor"),
    *("other editor", "chief editor", "administrator", "inactive editor"),
    *("inactive chief editor", "inactive administrator", "editor without staff"),
]


def measure(organisation):
    return make.MeasureFactory(organisation=organisation)


def goal_indicator(organisation):
    return make.IndicatorFactory(measure=None, goal=make.GoalFactory(), organisation=organisation)


def objective_indicator(organisation):
    return make.IndicatorFactory(
        measure=None, objective=make.ObjectiveFactory(), organisation=organisation
    )


# How to make one of each kind, its parents published and its promise kept by an organisation.
KINDS = {
    "strategy": lambda organisation: make.StrategyFactory(),
    "goal": lambda organisation: make.GoalFactory(),
    "objective": lambda organisation: make.ObjectiveFactory(),
    "measure": measure,
    "project": lambda organisation: make.ProjectFactory(organisation=organisation),
    "indicator": lambda organisation: make.IndicatorFactory(organisation=organisation),
    "indicator of the measure's": lambda organisation: make.IndicatorFactory(
        organisation=None, measure=measure(organisation)
    ),
    "indicator of a goal": goal_indicator,
    "indicator of an objective": objective_indicator,
    "report": lambda organisation: make.ProgressReportFactory(measure=measure(organisation)),
    "report of a project": lambda organisation: make.ProgressReportFactory(
        measure=None, project=make.ProjectFactory(organisation=organisation)
    ),
}
OWNED_BY_NOBODY = {"strategy", "goal", "objective"}
BELOW_A_STRATEGY = [kind for kind in KINDS if kind != "strategy"]


def member(role, organisation=None, **values):
    user = make.UserFactory(staff=values.pop("staff", True), **values)
    return make.MembershipFactory(user=user, role=role, organisation=organisation).user


@pytest.fixture
def cast(organisation_a, organisation_b):
    """Everybody by role; the editor is of organisation A."""
    return {
        "nobody": None,
        "anonymous": AnonymousUser(),
        "citizen": make.UserFactory(),
        "councillor": member(Role.COUNCILLOR),
        "moderator": member(Role.MODERATOR),
        "staff": make.UserFactory(staff=True),
        "editor": member(Role.EDITOR, organisation_a),
        "other editor": member(Role.EDITOR, organisation_b),
        "chief editor": member(Role.CHIEF_EDITOR),
        "administrator": make.UserFactory(administrator=True),
        "inactive editor": member(Role.EDITOR, organisation_a, is_active=False),
        "inactive chief editor": member(Role.CHIEF_EDITOR, is_active=False),
        "inactive administrator": make.UserFactory(administrator=True, is_active=False),
        "editor without staff": member(Role.EDITOR, organisation_a, staff=False),
    }


def put(record, state):
    publication, delay = STATES[state]
    publish_at = timezone.now() + delay if delay else None
    record.publication, record.publish_at = publication, publish_at
    record.save()


def seen_by(cast, record) -> set[str]:
    rows = type(record).objects.filter(pk=record.pk)
    return {role for role in ROLES if rows.visible_to(cast[role]).exists()}


def chain(record) -> list:
    """The records above, nearest first."""
    above = []
    while parents := [getattr(record, name) for name in record.public_parents]:
        record = next(parent for parent in parents if parent is not None)
        above.append(record)
    return above


@pytest.mark.parametrize("kind", KINDS)
def test_shows_what_is_public_to_all_and_drafts_to_their_editors(cast, organisation_a, kind):
    record = KINDS[kind](organisation_a)
    editors = SEES_ALL | (set() if kind in OWNED_BY_NOBODY else SEES_OWN)
    found = {}

    for state in STATES:
        put(record, state)
        found[state] = seen_by(cast, record)

    assert found == {state: set(ROLES) if state in PUBLIC else editors for state in STATES}


@pytest.mark.parametrize("kind", BELOW_A_STRATEGY)
def test_hides_what_stands_below_something_hidden(cast, organisation_a, kind):
    record = KINDS[kind](organisation_a)
    editors = SEES_ALL | (set() if kind in OWNED_BY_NOBODY else SEES_OWN)

    for parent in chain(record):
        for state in ("draft", "scheduled", "archived", "due"):
            put(parent, state)
            expected = set(ROLES) if state in PUBLIC else editors
            assert seen_by(cast, record) == expected, f"{state} {parent}"
        put(parent, "published")


@pytest.mark.parametrize("kind", KINDS)
def test_time_is_an_argument(organisation_a, kind):
    record = KINDS[kind](organisation_a)
    put(record, "scheduled")
    rows = type(record).objects.filter(pk=record.pk)

    moment = record.publish_at

    assert rows.public(on=moment).exists()
    assert rows.visible_to(AnonymousUser(), on=moment).exists()
    assert not rows.public(on=moment - timedelta(seconds=1)).exists()
    assert record.is_public(on=moment)
    assert not record.is_public()


def test_tables_name_every_public_model(organisation_a):
    named = {type(make_one(organisation_a)) for make_one in KINDS.values()}

    assert named == {m for m in apps.get_models() if issubclass(m, Publishable)}


def test_objects_hide_nothing():
    make.StrategyFactory(draft=True)

    assert Strategy.objects.count() == 1
