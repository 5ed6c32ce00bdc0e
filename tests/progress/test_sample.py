"""The invented half-year: it tells a story, is marked everywhere, and can be taken away again."""

import datetime
import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from goals.models import Strategy
from indicators.models import Assessment, FormerObservation, Indicator, Observation
from measures.models import Measure, Milestone, ProgressReport
from portal.accounts.models import Membership, Organisation, User
from portal.common.models import AuditEntry, OutboxMessage
from portal.common.moment import end_of_day
from portal.common.services import save_record
from portal.content.document import document_from_bytes
from portal.content.exporter.service import strategy_yaml
from portal.content.loader import load_document
from portal.progress.charts.files import store
from portal.progress.sample import SampleRefused, load_sample, remove_sample, what_would_go
from portal.progress.services.recompute import recompute_all
from portal.progress.services.verify import differences
from tests.content.files import LJUBLJANA, OTHER_CITY
from tests.factories import ChartFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sample")]
HALF_A_YEAR = datetime.timedelta(days=183)
# Told anew, or renewed by every write.
MOVING = {"valid_from", "valid_to", "updated_at", "expected"}
NOT_COMPARED = {"common.outboxmessage", "sessions.session"}


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def loaded(path) -> Strategy:
    strategy = load_document(document=document_from_bytes(path.read_bytes())).strategy
    recompute_all()
    return strategy


@pytest.fixture(scope="module")
def sampled(django_db_setup, django_db_blocker):
    """Ljubljana's strategy with its sample, once for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        strategy = loaded(LJUBLJANA)
        strategy.rows_before = rows()
        load_sample(strategy)
        yield strategy
        transaction.set_rollback(True)


@override("sl")  # bare names mean the columns of the active language
def rows() -> dict[str, list[str]]:
    """Every row of the database by table, without keys and moments that do not matter."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if label in NOT_COMPARED or not model._meta.managed:
            continue
        columns = [f.attname for f in model._meta.concrete_fields if f.name not in MOVING]
        if model is Assessment:
            columns.remove("id")
        values = model._base_manager.order_by().values(*columns)
        found[label] = sorted(json.dumps(row, default=str, sort_keys=True) for row in values)
    return found


def test_begins_before_the_first_change(sampled):
    today = timezone.localdate()

    first = Assessment.objects.in_force(end_of_day(today - HALF_A_YEAR))

    assert first.filter(level="indicator", state="no_data").count() > 20
    assert not first.filter(is_sample=True).exists()


def test_tells_of_every_kind_of_state(sampled):
    shown = set(Assessment.objects.in_force().values_list("state", flat=True))

    wanted = {"achieved", "on_track", "at_risk", "behind", "no_data", "stale", "not_started"}
    assert wanted <= shown


def test_changes_something_in_the_last_month(sampled):
    since = timezone.now() - datetime.timedelta(days=30)

    assert Assessment.objects.filter(valid_from__gte=since, level="indicator").count() > 3


def test_tells_corrections_and_provisional_values(sampled):
    assert FormerObservation.objects.filter(is_sample=True).count() >= 3
    assert Observation.objects.filter(provisional=True).exists()


def test_tells_reports_in_one_language_too(sampled):
    reports = ProgressReport.objects.filter(is_sample=True)

    assert reports.filter(text_en=None).exists()
    assert reports.filter(text_sl=None).exists()


def test_leaves_something_without_an_owner(sampled):
    assert sampled.measures.filter(owner=None).count() == 1
    assert sampled.indicators.filter(owner=None).exists()


def test_stores_what_a_recompute_would(sampled):
    assert not list(differences(timezone.localdate() - HALF_A_YEAR))


def test_flags_every_row_it_adds(sampled):
    added = [Organisation, User, Observation, FormerObservation, ProgressReport, Milestone]

    assert not any(model.objects.filter(is_sample=False).exists() for model in added)


def test_invents_nobody_who_could_sign_in_or_be_written_to(sampled):
    people = User.objects.filter(is_sample=True)

    assert all(person.email.endswith("@example.org") for person in people)
    assert not any(person.has_usable_password() or person.is_staff for person in people)


def test_leaves_each_chart_to_be_drawn_once(sampled):
    keys = list(OutboxMessage.objects.of("charts").values_list("key", flat=True))

    assert keys
    assert len(keys) == len(set(keys))


def test_leaves_nothing_behind(sampled):
    remove_sample()

    after = rows()
    assert {label for label, found in after.items() if found != sampled.rows_before[label]} == set()


def test_leaves_no_gap_in_what_was_shown(sampled):
    remove_sample()

    subjects = list(Indicator.objects.all())
    assert subjects
    for subject in subjects:
        told = list(subject.assessments.order_by("valid_from"))
        assert [row.valid_to for row in told[:-1]] == [row.valid_from for row in told[1:]]
        assert told[-1].valid_to is None
        assert told[0].valid_from >= sampled.created_at


def test_takes_the_pictures_of_the_sample_along(
    sampled, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    chart = ChartFactory(subject="goal:1", digest="0" * 64, is_sample=True)
    store(chart.digest, {"svg": b"<svg/>", "png": b"PNG"})

    with django_capture_on_commit_callbacks(execute=True):
        remove_sample()

    assert not list((tmp_path / "charts").iterdir())


def test_leaves_states_that_follow_from_the_records(sampled):
    remove_sample()

    assert differences() == []


def test_lets_go_of_whoever_has_a_role_in_an_invented_office(sampled, organisation_a):
    office, person = Organisation.objects.filter(is_sample=True).first(), UserFactory()
    for role in ("editor", "chief_editor"):
        Membership.objects.create(user=person, role=role, organisation=office)
    kept = Membership.objects.create(user=person, role="editor", organisation=organisation_a)

    _rows, touched = what_would_go()
    remove_sample()

    assert touched == 2
    assert list(person.memberships.all()) == [kept]


def test_lets_go_of_invented_people_that_staff_have_given_a_role(sampled, organisation_a):
    invented = User.objects.filter(is_sample=True).first()
    Membership.objects.create(user=invented, role="editor", organisation=organisation_a)

    _rows, touched = what_would_go()
    remove_sample()

    assert touched == 1
    assert not organisation_a.memberships.exists()


def test_keeps_real_offices_that_staff_have_tied_to_invented_ones(sampled, organisation_a):
    organisation_a.parent = Organisation.objects.filter(is_sample=True).first()
    organisation_a.head = User.objects.filter(is_sample=True).first()
    organisation_a.save()

    remove_sample()

    organisation_a.refresh_from_db()
    assert (organisation_a.parent, organisation_a.head) == (None, None)


def test_keeps_what_staff_have_changed_on_real_records(sampled, administrator):
    measure = Measure.objects.filter(organisation__is_sample=True).first()
    measure.title_en, measure.update_rhythm = "A title of our own", "monthly"
    save_record(record=measure, by=administrator)

    remove_sample()

    measure.refresh_from_db()
    assert (measure.title_en, measure.update_rhythm) == ("A title of our own", "monthly")
    assert measure.organisation is None
    assert AuditEntry.objects.of(measure).filter(by=administrator).exists()


def test_counts_what_staff_have_changed_on_sample_rows(sampled, administrator):
    observation = Observation.objects.filter(is_sample=True).first()
    observation.value += 1
    save_record(record=observation, by=administrator)

    _rows, touched = what_would_go()

    assert touched == 1


def test_is_the_same_for_the_same_day(sampled):
    before = list(
        Observation.objects.order_by("indicator", "period").values_list("period", "value")
    )
    remove_sample()

    load_sample(sampled)

    again = Observation.objects.order_by("indicator", "period").values_list("period", "value")
    assert list(again) == before


def test_leaves_the_strategy_file_as_it_was(sampled):
    first, _comment, rest = strategy_yaml(Strategy.objects.get()).partition("\n")

    remove_sample()

    assert "sample data were left out" in first
    assert strategy_yaml(Strategy.objects.get()) == rest


def test_is_not_loaded_twice(sampled):
    with pytest.raises(SampleRefused, match="already"):
        load_sample(sampled)


def test_stays_away_from_what_staff_have_entered(sampled, administrator):
    remove_sample()
    own = Observation(indicator=sampled.indicators.first(), period="2024", value=1)
    save_record(record=own, by=administrator)

    with pytest.raises(SampleRefused, match="Staff"):
        load_sample(sampled)


def test_fits_another_city(sampled):
    other = loaded(OTHER_CITY)

    load_sample(other)

    assert other.indicators.filter(observations__is_sample=True).exists()


def test_stays_out_of_production(settings):
    loaded(LJUBLJANA)
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="production"):
        call_command("load_sample")


def test_asks_before_it_is_removed(sampled):
    output = StringIO()

    with pytest.raises(CommandError, match="--yes"):
        call_command("remove_sample", stdout=output)

    assert "observations: " in output.getvalue()
    assert Observation.objects.filter(is_sample=True).exists()
