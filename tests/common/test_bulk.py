"""Many records at once are written as one by one: the same rules, history and consequences."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from indicators.models import FormerObservation, Observation
from portal.common.bulk import save_records
from portal.common.models import AuditEntry, OutboxMessage
from portal.common.services import save_record
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator():
    return f.IndicatorFactory()


def three(indicator) -> list[Observation]:
    """A new value, a changed one and one that stays."""
    changed = f.ObservationFactory(indicator=indicator, period="2001", value=1)
    same = f.ObservationFactory(indicator=indicator, period="2002", value=2)
    new = Observation(indicator=indicator, period="2003", value=3, note_sl="opomba")
    changed.value, changed.note_en = Decimal("1.5"), "note"
    return [new, changed, same]


def told() -> dict[str, list]:
    """What was written besides the records, without keys and moments."""
    history = AuditEntry.objects.order_by("label").values_list("action", "label", "changes", "by")
    former = FormerObservation.objects.values_list("period", "value", "outcome")
    outbox = OutboxMessage.objects.order_by("key").values_list("topic", "key").distinct()
    values = Observation.objects.order_by("period").values_list("value", "note_sl", "note_en")
    return {"history": list(history), "former": list(former), "outbox": list(outbox)} | {
        "values": list(values)
    }


def test_writes_the_same_as_one_by_one(indicator, citizen):
    at = timezone.now()
    with transaction.atomic():
        point = transaction.savepoint()
        for record in three(indicator):
            save_record(record=record, by=citizen, at=at)
        one_by_one = told()
        transaction.savepoint_rollback(point)

    entries = save_records(records=three(indicator), by=citizen, at=at)

    assert told() == one_by_one
    assert len(entries) == len(one_by_one["history"]) == 2
    assert Observation.objects.get(period="2001").recorded_at == at


def test_checks_every_record_before_it_writes_any(indicator):
    records = three(indicator)
    records[1].period = "2001-02-31"

    with pytest.raises(ValidationError):
        save_records(records=records, by=None)

    assert not Observation.objects.filter(period="2003").exists()


def test_leaves_to_the_database_what_only_it_can_tell(indicator):
    f.ObservationFactory(indicator=indicator, period="2003")

    with pytest.raises(IntegrityError), transaction.atomic():
        save_records(records=[Observation(indicator=indicator, period="2003", value=3)], by=None)


@pytest.mark.parametrize("count", [1, 60])
def test_takes_the_same_queries_for_one_record_and_for_sixty(
    indicator, count, django_assert_max_num_queries
):
    new = [Observation(indicator=indicator, period=f"{1900 + n}", value=n) for n in range(count)]

    with django_assert_max_num_queries(8):
        save_records(records=new, by=None)

    assert Observation.objects.count() == count
