"""``recompute_progress``: the whole by hand, and a look that finds whatever is not right."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from indicators.models import Assessment, Observation
from portal.common import outbox
from portal.common.models import AuditEntry
from portal.progress.models import Cursor
from portal.progress.rounds import keys_after
from portal.progress.services.recompute import recompute, recompute_all
from portal.progress.services.reconcile import FROM_BELOW, reconcile
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def observation():
    """A value of a judged indicator, everything being in order."""
    indicator = make.IndicatorFactory()
    make.TargetFactory(indicator=indicator, value=100, by="2030")
    observation = make.ObservationFactory(indicator=indicator, period="2025", value=60)
    recompute_all()
    return observation


def run(*arguments) -> str:
    output = StringIO()
    call_command("recompute_progress", *arguments, stdout=output)
    return output.getvalue()


def test_finds_nothing_where_all_is_right(observation):
    assert "the same" in run("--check")


def test_shows_how_far_it_is(observation):
    assert "100%" in run()
    assert "[####" in run("--check")


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "achieved"},
        {"computed_state": "achieved"},
        {"fraction": Decimal("0.5")},
        {"expected": Decimal("0.5")},
        {"criteria_version": "2020-01-01"},
        {"reason": "done"},
        {"inputs": {}},
        {"leaves": 7},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_finds_an_assessment_changed_by_hand(observation, changes):
    Assessment.objects.of(observation.indicator).update(**changes)

    with pytest.raises(CommandError, match="differences"):
        run("--check")


@pytest.mark.parametrize("changes", [{"state": "achieved"}, {"fraction": 0.9}, {"inputs": {}}])
def test_mends_an_assessment_changed_by_hand_and_tells_of_it(observation, changes):
    Assessment.objects.of(observation.indicator).update(**changes)

    run()

    assert "the same" in run("--check")
    told = AuditEntry.objects.filter(model="indicators.assessment", source="task")
    assert told.count() == 1


def test_mends_the_past_from_what_it_was_judged_by(observation):
    Observation.objects.update(value=1)
    recompute_all()
    past = Assessment.objects.of(observation.indicator).exclude(valid_to=None)
    shown = past.get().state
    past.update(state="achieved", computed_state="achieved")

    assert "changed by hand" in run()

    assert past.get().state == shown
    assert "the same" in run("--check")


@pytest.mark.parametrize("days", [-1, 1])
def test_finds_a_gap_and_an_overlap(observation, days):
    Observation.objects.update(value=1)
    recompute_all()
    past = Assessment.objects.of(observation.indicator).exclude(valid_to=None)
    earlier, moved = F("valid_from") - timedelta(days=9), F("valid_to") + timedelta(days=days)
    past.update(valid_from=earlier, valid_to=moved)

    with pytest.raises(CommandError, match="differences"):
        run("--check")


def test_finds_a_value_changed_by_hand(observation):
    Observation.objects.update(value=1)

    with pytest.raises(CommandError, match="differences"):
        run("--check")


def test_finds_a_changed_roll_up(observation):
    Assessment.objects.of(observation.indicator.measure).update(counts={"behind": 1})

    with pytest.raises(CommandError, match="differences"):
        run("--check")


def test_finds_a_change_of_the_past(observation):
    Observation.objects.update(value=1)
    recompute_all()
    past = Assessment.objects.of(observation.indicator).exclude(valid_to=None)
    past.update(computed_state="achieved")

    with pytest.raises(CommandError, match="differences"):
        run("--check")


def test_looks_no_further_back_than_asked(observation):
    Observation.objects.update(value=1)
    recompute_all()
    past = Assessment.objects.exclude(valid_to=None)
    old = timezone.now() - timedelta(days=30)
    past.update(computed_state="achieved", valid_from=old)

    assert "the same" in run("--check", f"--since={timezone.localdate() - timedelta(days=9)}")


def test_check_writes_nothing(observation):
    Observation.objects.update(value=1)
    before = list(Assessment.objects.values())

    with pytest.raises(CommandError):
        run("--check")

    assert list(Assessment.objects.values()) == before


def test_mends_what_was_changed_by_hand(observation):
    Observation.objects.update(value=1)

    assert "0 assessments" not in run()
    assert "the same" in run("--check")


def test_recomputes_only_what_was_written_since(observation):
    Observation.objects.update(value=1)
    yesterday, tomorrow = (timezone.localdate() + timedelta(days=days) for days in (-1, 1))

    assert "0 assessments" in run(f"--since={tomorrow}")
    assert "0 assessments" not in run(f"--since={yesterday}")


def test_refuses_what_is_no_day():
    with pytest.raises(CommandError, match="is not a day"):
        call_command("recompute_progress", "--since=31. 2.")


def test_reconcile_mends_what_no_message_told(observation):
    outbox.drain()
    Observation.objects.update(value=1)

    assert reconcile() > 0
    assert Assessment.objects.of(observation.indicator).in_force().get().state == "behind"


def test_reconcile_goes_round_everything(observation):
    indicators = make.IndicatorFactory.create_batch(3)
    make.IndicatorFactory(measure=None, goal=indicators[0].goal_above)

    seen: list[str] = []
    for _round in range(20):
        reconcile(limit=4)
        position = Cursor.objects.get().position
        if not position:
            break
        seen.append(position)

    assert len(seen) == len(set(seen)) > 3
    assert "the same" in run("--check")


def test_keys_follow_each_other(observation):
    every = keys_after("", 1000, FROM_BELOW)

    assert keys_after(every[2], 2, FROM_BELOW) == every[3:5]
    assert [key.partition(":")[0] for key in every] == [
        *("indicator", "measure", "objective", "goal", "strategy")
    ]


def test_survives_that_a_record_is_gone():
    assert recompute(["indicator:12345", "goal:12345"]) == 0
