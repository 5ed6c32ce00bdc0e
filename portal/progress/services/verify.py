"""Comparing what is stored with what follows from the records, without writing anything."""

from collections.abc import Callable
from datetime import date, datetime, time

from django.utils import timezone

from indicators.models import Assessment

from .consistency import Difference, compare, name_of, wrong_in
from .recompute import Change, recompute_all


def differences(
    since: date | None = None, on_step: Callable[[int], None] = lambda done: None
) -> list[Difference]:
    """Return where stored progress differs from recomputed progress.

    What is in force is compared with the records as they are now; every assessment of the past
    (from ``since`` on) with the inputs that it has kept itself.
    """
    found: list[Difference] = []

    def keep(changes: list[Change]) -> int:
        found.extend(line for change in changes for line in _of_change(change))
        return len(changes)

    recompute_all(keep=keep, on_step=on_step)
    return found + list(_in_history(since))


def _of_change(change: Change) -> list[Difference]:
    stored, name = change.stored, str(change.subject)
    if stored is None:
        return [Difference(name, None, "state", None, change.judgement.state)]
    return compare(name, stored, change.judgement, set())


def _in_history(since: date | None):
    rows = Assessment.objects.in_order_of_subjects()
    if since:
        start = datetime.combine(since, time(), timezone.get_default_timezone())
        rows = rows.filter(valid_from__gte=start)
    previous = None
    for stored in rows.iterator(chunk_size=500):
        yield from wrong_in(stored)
        if previous is not None and previous.subject_key == stored.subject_key:
            yield from _follows(previous, stored)
        previous = stored


def _follows(previous: Assessment, stored: Assessment):
    """An assessment begins where the one before it ends: without a gap, and not at once."""
    if previous.valid_to != stored.valid_from:
        begin, ended = stored.valid_from, previous.valid_to
        yield Difference(name_of(stored), begin, "valid_from", begin, ended)
