"""Reminding people of updates, and taking their word that nothing has changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from indicators.models import Confirmation
from portal.accounts.models import Organisation, User
from portal.common import ledger
from portal.common.models import Event
from portal.common.services import save_record

from .updates import CHUNK, Update, expected_updates, reachable


@transaction.atomic
def remind(now: datetime | None = None) -> int:
    """Announce what falls on this day, once a day; return how many people get a mail.

    Each stage of a record is told once for ever: an event of its own remembers it. All that falls
    on one day is one mail for each person. Days on which nothing ran are made up for with the
    latest stage that has come. In the first run of a month the heads of organisations get a list
    of everything that is overdue there.
    """
    now = now or timezone.now()
    on = timezone.localdate(now)
    if not _first(f"reminders:{on}", now):
        return 0
    updates = [u for u in expected_updates(now) if u.stage is not None or not u.people]
    told = _tell_people(updates, on, now)
    if _first(f"overdue:{on:%Y-%m}", now):
        told += _tell_heads(updates, on, now)
    return told


def _first(run: str, now: datetime) -> bool:
    """Say whether this run is the first of its day or month; others wait for it and get False."""
    _event, first = Event.objects.get_or_create(key=run, defaults={"kind": "run", "at": now})
    return first


def _tell_people(updates: list[Update], on: date, now: datetime) -> int:
    letters: dict[User, list[dict]] = defaultdict(list)
    for update in _remember_stages(updates, now):
        for person in update.people:
            stands_in = person == update.deputy and person != update.owner
            letters[person].append(update.as_data() | {"stands_in": stands_in})
    for person, items in letters.items():
        ledger.announce(
            kind="reminders",
            key=f"reminders:{on}:{person.pk}",
            recipients=[person],
            data={"on": str(on), "items": sorted(items, key=lambda item: item["due"])},
            at=now,
            is_sample=person.is_sample,
        )
    return len(letters)


def _remember_stages(updates: list[Update], now: datetime) -> list[Update]:
    """Write down the stages that nobody has been told of yet, and return them."""
    due = {u.stage_key: u for u in updates if u.stage is not None and u.people}
    keys, known = list(due), set()
    for start in range(0, len(keys), CHUNK):
        told = Event.objects.filter(key__in=keys[start : start + CHUNK])
        known |= set(told.values_list("key", flat=True))
    new = {key: update for key, update in due.items() if key not in known}
    events = [
        Event(
            key=key,
            kind="reminder",
            at=now,
            subject_model=update.record._meta.label_lower,
            subject_id=str(update.record.pk),
            is_sample=any(person.is_sample for person in update.people),
        )
        for key, update in new.items()
    ]
    Event.objects.bulk_create(events, batch_size=CHUNK)
    return list(new.values())


def _tell_heads(updates: Iterable[Update], on: date, now: datetime) -> int:
    """Give each head one mail about all organisations of theirs in which something is overdue."""
    lists: dict[User, dict[Organisation, list[Update]]] = defaultdict(lambda: defaultdict(list))
    for update in updates:
        organisation = update.organisation
        if organisation and (head := reachable(organisation.head)):
            lists[head][organisation].append(update)
    told = 0
    for head, by_organisation in lists.items():
        parts = [_overdue_part(o, found, on) for o, found in by_organisation.items()]
        if any(part["overdue"] for part in parts):
            ledger.announce(
                kind="overdue",
                key=f"overdue:{on:%Y-%m}:{head.pk}",
                recipients=[head],
                data={"on": str(on), "organisations": parts},
                at=now,
                is_sample=head.is_sample,
            )
            told += 1
    return told


def _overdue_part(organisation: Organisation, updates: list[Update], on: date) -> dict:
    overdue = sorted((u for u in updates if u.is_overdue(on)), key=lambda u: u.due.end)
    return {
        "names": {"sl": organisation.name_sl, "en": organisation.name_en},
        "overdue": [u.as_data() | {"nobody": not u.people} for u in overdue],
        "nobody": sum(1 for u in updates if not u.people),
    }


@transaction.atomic
def confirm_unchanged(
    *, record: Model, sentences: dict[str, str], by: User, at: datetime | None = None
) -> Confirmation:
    """Record that somebody has looked at ``record`` and nothing has changed.

    ``sentences`` has at least one language. The same words once more on the same day make no
    second confirmation: the first one is returned. Raises ``ValidationError``.
    """
    at = at or timezone.now()
    type(record)._base_manager.select_for_update().get(
        pk=record.pk
    )  # two clicks, one after another
    words = {f"sentence_{language}": text or None for language, text in sentences.items()}
    said = {record._meta.model_name: record, "on": timezone.localdate(at), **words}
    found = Confirmation.objects.filter(**said).first()
    if found is None:
        found = Confirmation(**said, by=by)
        save_record(record=found, by=by, at=at)
    return found
