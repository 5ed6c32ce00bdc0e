"""A state that a person sets in place of the computed one: explained, for a time, never deleted."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.models import Override
from portal.common.models import AuditEntry
from tests import factories as f
from tests.staff.pages import fields_of, send, url_of, waiting

pytestmark = pytest.mark.django_db

OVERRIDES = "admin:indicators_override"
TODAY = timezone.localdate()
IN_FORCE = {"starts_on": datetime.date(2026, 1, 1), "expires_on": datetime.date(2026, 12, 31)}


@pytest.fixture
def browser(chief_editor, sign_in):
    return sign_in(chief_editor)


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def new_override(browser, **changes):
    values = {
        "state": "at_risk",
        "reason_sl": "Izvajalec je odstopil.",
        "reason_en": "The contractor has withdrawn.",
        "starts_on": TODAY,
        "expires_on": TODAY + datetime.timedelta(days=60),
    }
    return send(browser, reverse(f"{OVERRIDES}_add"), **values | changes)


def test_sets_a_state_in_the_name_of_the_person(browser, chief_editor, indicator):
    f.MembershipFactory(user=chief_editor, organisation=f.OrganisationFactory(name_en="Mayor"))

    response = new_override(browser, indicator=indicator.pk)

    assert response.status_code == 302
    override = Override.objects.get()
    assert (override.by, override.name) == (chief_editor, f"{chief_editor.display_name}, Mayor")
    assert waiting() == {f"indicator:{indicator.pk}"}
    assert AuditEntry.objects.get().by == chief_editor


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason_en": ""}, "__all__"),
        ({"reason_sl": ""}, "reason_sl"),
        ({"name": ""}, "name"),
        ({"expires_on": TODAY - datetime.timedelta(days=1)}, "expires_on"),
        ({"expires_on": TODAY + datetime.timedelta(days=400)}, "expires_on"),
        ({"starts_on": TODAY - datetime.timedelta(days=1)}, "__all__"),
        ({"expires_on": ""}, "expires_on"),
        ({"state": "fine"}, "state"),
        ({"indicator": ""}, "__all__"),
    ],
)
def test_says_what_a_state_lacks(browser, indicator, changes, field):
    response = new_override(browser, **{"indicator": indicator.pk} | changes)

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]
    assert not Override.objects.exists()
    assert not waiting()


def test_sets_a_state_for_one_subject_only(browser, indicator):
    response = new_override(browser, indicator=indicator.pk, measure=indicator.measure_id)

    assert "exactly one" in str(response.context["adminform"].form.errors)


def test_does_not_move_a_state_to_another_subject(browser, indicator, measure):
    override = f.OverrideFactory(indicator=indicator)

    data = fields_of(browser.get(url_of(override)))
    browser.post(url_of(override), data | {"indicator": "", "measure": measure.pk})

    override.refresh_from_db()
    assert (override.indicator, override.measure) == (indicator, None)


def test_does_not_change_what_was_said(browser):
    override = f.OverrideFactory(expires_on=in_days(30))
    said = {
        "state": "behind",
        "reason_sl": "Drugače.",
        "reason_en": "Otherwise.",
        "name": "Somebody else",
        "starts_on": "2026-07-01",
    }

    response = send(browser, url_of(override), **said, expires_on=in_days(20).isoformat())

    assert response.status_code == 302
    kept = Override.objects.values(*said).get()
    assert kept == {name: getattr(override, name) for name in said}
    assert Override.objects.get().expires_on == in_days(20)


@pytest.mark.parametrize(
    ("planned", "asked", "is_taken"),
    [(30, 30, True), (30, 29, True), (30, 0, True), (30, 31, False), (30, -1, False)],
)
def test_a_state_can_only_be_cut_short(browser, planned, asked, is_taken):
    override = f.OverrideFactory(expires_on=in_days(planned))

    response = send(browser, url_of(override), expires_on=in_days(asked).isoformat())

    assert response.status_code == (302 if is_taken else 200)
    assert Override.objects.get().expires_on == in_days(asked if is_taken else planned)


def test_what_has_ended_stays_as_it_was(browser):
    override = f.OverrideFactory(expires_on=in_days(-3))

    for days in (-4, -2, 0, 3):
        send(browser, url_of(override), expires_on=in_days(days).isoformat())

    assert Override.objects.get().expires_on == in_days(-3)


def test_judges_both_anew_when_a_state_is_moved_elsewhere():
    override = f.OverrideFactory()
    goal, before = f.GoalFactory(), override.indicator_id

    override.goal, override.indicator = goal, None
    override.after_write(
        changes={"indicator_id": [str(before), None], "goal_id": [None, str(goal.pk)]},
        at=timezone.now(),
        deleted=False,
    )

    assert waiting() == {f"indicator:{before}", f"goal:{goal.pk}"}


def withdraw(browser, *overrides):
    data = {"action": "withdraw", "_selected_action": [override.pk for override in overrides]}
    return browser.post(reverse(f"{OVERRIDES}_changelist"), data, follow=True)


def test_withdraws_a_state_once(browser, chief_editor):
    override = f.OverrideFactory()

    withdraw(browser, override)
    first = Override.objects.get().withdrawn_at
    withdraw(browser, override)

    assert first
    assert Override.objects.get().withdrawn_at == first
    entry = AuditEntry.objects.get()
    assert (list(entry.changes), entry.by) == (["withdrawn_at"], chief_editor)
    assert waiting() == {f"indicator:{override.indicator_id}"}


def test_does_not_change_what_was_withdrawn(browser):
    override = f.OverrideFactory(withdrawn_at=timezone.now())

    response = browser.post(url_of(override), {"name": "New"})

    assert response.status_code == 403
    assert Override.objects.get().name == override.name


def test_never_deletes_a_state(browser):
    override = f.OverrideFactory()

    browser.post(reverse(f"{OVERRIDES}_delete", args=[override.pk]), {"post": "yes"})
    data = {"action": "delete_selected", "_selected_action": [override.pk], "post": "yes"}
    browser.post(reverse(f"{OVERRIDES}_changelist"), data)

    assert Override.objects.exists()


def test_an_editor_can_neither_set_nor_withdraw_a_state(editor, sign_in, indicator):
    override = f.OverrideFactory(indicator=indicator)
    browser = sign_in(editor)

    answers = [withdraw(browser, override), browser.get(reverse(f"{OVERRIDES}_add"))]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert Override.objects.get().withdrawn_at is None


@pytest.mark.parametrize(
    ("on", "in_force"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-12-31", True), ("2027-01-01", False)],
)
def test_a_state_is_in_force_from_its_first_to_its_last_day(on, in_force):
    override = f.OverrideFactory(**IN_FORCE)
    on = datetime.date.fromisoformat(on)

    assert override.is_in_force(on) == in_force
    assert Override.objects.in_force(on).exists() == in_force
