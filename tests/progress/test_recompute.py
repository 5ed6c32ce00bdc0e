"""What a change moves: the indicator and what stands above it, once, and nothing else."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.models import Assessment
from measures.models import Measure
from portal.common import outbox
from portal.common.services import delete_record, save_record
from portal.common.states import Publication
from portal.progress.services.recompute import recompute, recompute_all
from tests import factories as make

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 6, 30, 8, tzinfo=UTC)


@pytest.fixture
def indicator():
    """At least 100 by the end of 2030 in a strategy from 2023 to 2030."""
    indicator = make.IndicatorFactory()
    make.TargetFactory(indicator=indicator, value=100, by="2030")
    return indicator


def state_of(record) -> str:
    return record.assessments.in_force().of(record).get().state


def observe(indicator, period, value, **more):
    observation = make.ObservationFactory.build(indicator=indicator, period=period, value=value)
    save_record(record=observation, by=None, **more)
    return observation


def test_judges_the_indicator_and_everything_above_it(indicator):
    observe(indicator, "2025", 60)
    outbox.drain()

    measure = indicator.measure
    levels = [measure, measure.objective, measure.objective.goal, indicator.strategy]
    assert state_of(indicator) == "on_track"
    assert [state_of(level) for level in levels] == ["on_track"] * 4


def test_touches_nothing_beside_the_path(indicator):
    other = make.IndicatorFactory()
    recompute_all()
    outbox.drain()
    before = set(Assessment.objects.of(other).values_list("pk", "valid_to"))

    observe(indicator, "2025", 60)
    outbox.drain()

    assert set(Assessment.objects.of(other).values_list("pk", "valid_to")) == before


def test_writes_nothing_when_nothing_has_changed(indicator):
    observe(indicator, "2025", 60)
    recompute_all()
    count = Assessment.objects.count()

    written = recompute([f"indicator:{indicator.pk}"]) + recompute_all()

    assert written == 0
    assert Assessment.objects.count() == count


def test_never_rewrites_what_was_shown(indicator):
    observe(indicator, "2025", 60, at=MORNING)
    recompute_all(MORNING)
    first = Assessment.objects.of(indicator).get()

    save_record(record=change(indicator, value=1), by=None, at=MORNING + timedelta(days=1))
    recompute([f"indicator:{indicator.pk}"], MORNING + timedelta(days=1))

    kept = Assessment.objects.get(pk=first.pk)
    assert (kept.state, kept.inputs, kept.fraction) == (first.state, first.inputs, first.fraction)
    assert kept.valid_to == MORNING + timedelta(days=1)
    assert state_of(indicator) == "behind"


def change(indicator, period="2025", **values):
    observation = indicator.observations.get(period=period)
    for name, value in values.items():
        setattr(observation, name, value)
    return observation


def test_remembers_a_corrected_value_until_its_correction(indicator):
    observe(indicator, "2025", 60, at=MORNING)

    save_record(record=change(indicator, value=61), by=None, at=MORNING + timedelta(hours=1))

    former = indicator.former_observations.get()
    assert (former.value, former.outcome) == (60, "corrected")
    assert (former.recorded_at, former.replaced_at) == (MORNING, MORNING + timedelta(hours=1))


def test_remembers_a_deleted_value(indicator):
    observation = observe(indicator, "2025", 60, at=MORNING)

    delete_record(record=observation, by=None)

    assert indicator.former_observations.get().outcome == "deleted"


def test_two_people_correcting_one_value_leave_the_past_as_it_was_known(indicator):
    observe(indicator, "2025", 60, at=MORNING)
    first, second = (indicator.observations.get() for _person in range(2))
    noon, evening = (MORNING + timedelta(hours=hours) for hours in (4, 10))

    first.value, second.value = 61, 62
    save_record(record=first, by=None, at=noon)
    save_record(record=second, by=None, at=evening)

    known = indicator.former_observations.order_by("recorded_at")
    assert [(f.value, f.recorded_at, f.replaced_at) for f in known] == [
        (60, MORNING, noon),
        (61, noon, evening),
    ]


def test_judges_a_past_moment_by_what_was_known_then(indicator):
    observe(indicator, "2025", 60, at=MORNING)
    save_record(record=change(indicator, value=1), by=None, at=MORNING + timedelta(days=2))

    recompute([f"indicator:{indicator.pk}"], MORNING + timedelta(days=1))

    assert state_of(indicator) == "on_track"


def test_refuses_to_go_back_in_time(indicator):
    recompute([f"indicator:{indicator.pk}"])

    observe(indicator, "2025", 60, at=MORNING)

    with pytest.raises(ValueError, match="later than this moment"):
        recompute([f"indicator:{indicator.pk}"], MORNING)


def test_shows_the_state_that_a_person_has_set_beside_the_computed_one(indicator):
    observe(indicator, "2025", 60)
    override = make.OverrideFactory.build(indicator=indicator, state="at_risk")
    save_record(record=override, by=None)
    outbox.drain()

    shown = Assessment.objects.of(indicator).in_force().get()
    assert (shown.state, shown.computed_state) == ("at_risk", "on_track")
    assert shown.inputs["override"]["name"] == override.name
    assert state_of(indicator.measure) == "at_risk"


def test_returns_to_the_computed_state_when_the_override_expires(indicator):
    observe(indicator, "2025", 60)
    today = timezone.localdate()
    override = make.OverrideFactory.build(
        indicator=indicator, state="behind", starts_on=today, expires_on=today
    )
    save_record(record=override, by=None)
    outbox.drain()
    assert state_of(indicator) == "behind"

    recompute([f"indicator:{indicator.pk}"], timezone.now() + timedelta(days=1))

    assert state_of(indicator) == "on_track"


def test_takes_the_criteria_in_force_on_the_day(indicator):
    observe(indicator, "2025", 30, at=MORNING)
    recompute_all(MORNING)
    assert state_of(indicator) == "at_risk"

    lenient = make.CriteriaVersionFactory.build(
        indicator=indicator,
        valid_from=(MORNING + timedelta(days=1)).date(),
        at_risk_below=Decimal("0.5"),
        behind_below=Decimal("0.1"),
    )
    save_record(record=lenient, by=None)
    recompute([f"indicator:{indicator.pk}"], MORNING + timedelta(days=2))

    first, second = Assessment.objects.of(indicator).order_by("valid_from")
    assert (first.state, first.criteria_version) == ("at_risk", "default-1")
    assert (second.state, second.criteria_version) == ("on_track", "2026-07-01")


def test_counts_only_what_is_public(indicator):
    hidden = make.IndicatorFactory(measure=indicator.measure, draft=True)
    make.TargetFactory(indicator=hidden, value=100, by="2030")
    observe(indicator, "2025", 60)
    observe(hidden, "2025", 0)
    outbox.drain()

    shown = Assessment.objects.of(indicator.measure).in_force().get()
    assert shown.counts == {"on_track": 1}
    assert state_of(hidden) == "behind"  # for those who may see it


def test_follows_a_publication(indicator):
    observe(indicator, "2025", 60)
    outbox.drain()

    indicator.publication = Publication.ARCHIVED
    save_record(record=indicator, by=None)
    outbox.drain()

    assert Assessment.objects.of(indicator.measure).in_force().get().reason == "no_children"


def test_follows_an_indicator_to_another_measure(indicator):
    observe(indicator, "2025", 60)
    outbox.drain()
    former, other = indicator.measure, make.MeasureFactory()

    indicator.measure = other
    save_record(record=indicator, by=None)
    outbox.drain()

    assert state_of(former) == "no_data"
    assert state_of(other) == "on_track"


def test_ends_with_its_measure(indicator):
    observe(indicator, "2025", 60)
    outbox.drain()
    measure = Measure.objects.get(pk=indicator.measure_id)

    measure.lifecycle = Measure.Lifecycle.DISCONTINUED
    measure.lifecycle_reason_sl, measure.lifecycle_reason_en = "Ni več potrebe.", "No need."
    save_record(record=measure, by=None)
    outbox.drain()

    assert state_of(indicator) == "discontinued"
    assert state_of(measure) == "discontinued"
    assert state_of(measure.objective) == "discontinued"


def test_judges_anew_when_the_strategy_gets_another_end(indicator):
    indicator.targets.all().delete()
    make.TargetFactory(indicator=indicator, value=100, by="")
    observe(indicator, "2025", 42)
    outbox.drain()
    assert state_of(indicator) == "on_track"

    strategy = indicator.strategy
    strategy.period_end = "2026"
    save_record(record=strategy, by=None)
    outbox.drain()

    assert state_of(indicator) == "at_risk"


def test_marks_what_rests_on_sample_data(indicator):
    observation = make.ObservationFactory.build(
        indicator=indicator, period="2025", value=60, is_sample=True
    )
    save_record(record=observation, by=None)
    outbox.drain()

    assert Assessment.objects.of(indicator).in_force().get().is_sample
    assert Assessment.objects.of(indicator.measure).in_force().get().is_sample


def test_begins_on_the_day_that_was_judged(indicator, monkeypatch):
    observe(indicator, "2025", 60)
    moments = iter(MORNING + timedelta(days=days) for days in range(9))
    monkeypatch.setattr("portal.progress.services.recompute.timezone.now", lambda: next(moments))

    recompute([f"indicator:{indicator.pk}"])

    assert Assessment.objects.of(indicator).get().valid_from == MORNING


def queries_of_one_observation(indicator, period, value) -> int:
    observe(indicator, period, value)
    outbox.drain()
    save_record(record=change(indicator, period, value=value + 1), by=None)
    with CaptureQueriesContext(connection) as queries:
        assert recompute([f"indicator:{indicator.pk}"]) > 0
    outbox.drain()
    return len(queries)


def test_needs_few_queries_whatever_the_total(indicator):
    alone = queries_of_one_observation(indicator, "2024", 24)

    for measure in [indicator.measure, *make.MeasureFactory.create_batch(5)]:
        make.IndicatorFactory.create_batch(6, measure=measure)
    recompute_all()
    among_many = queries_of_one_observation(indicator, "2025", 25)

    assert among_many == alone <= 25
