"""Storing what was previewed: exactly that, and all of it."""

import json
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.staff.storage import PersonalStorage
from portal.common.bulk import save_records
from portal.common.models import AuditEntry
from portal.common.services import delete_record

from .entry import Entry
from .number import Convention
from .plan import Plan, make_plan

_ONCE = "observation_once_per_period"
_ONCE_IN_SQLITE = "indicators_observation.indicator_id, indicators_observation.period"


class Outdated(Exception):
    """What is stored, or what the person may edit, has changed since the preview."""


class Proposal:
    """Entries that wait for a confirmation: of one person, for an hour, in one way of entry.

    ``token`` names them in the form; it is signed, and of no use to anybody else.
    """

    def __init__(self, *, user, way: str, token: str | None = None):
        self.user = user
        self.storage = PersonalStorage(owner=f"{user.pk}:observations:{way}", name=token)

    @property
    def token(self) -> str:
        return self.storage.name

    def keep(self, plan: Plan, convention: Convention) -> None:
        entries = [change.entry.to_json() for change in plan.changes]
        kept = {"entries": entries, "digest": plan.digest, "convention": convention}
        self.storage.save(json.dumps(kept).encode())

    def read(self) -> None:
        """Fetch what was kept. Raises ``UnreadableFile`` if too late, else ``PermissionDenied``."""
        kept = json.loads(self.storage.read())
        self.entries = [Entry.from_json(entry) for entry in kept["entries"]]
        self.digest, self.convention = kept["digest"], Convention(kept["convention"])

    def store(self, *, source: AuditEntry.Source, at: datetime | None = None) -> Plan:
        """Store everything as it was previewed, then forget it. Raises ``Outdated``."""
        try:
            plan = _store(self, source, at or timezone.now())
        except IntegrityError as error:
            if _came_second(error):
                raise Outdated from None
            raise
        self.storage.remove()
        return plan


def _came_second(error: IntegrityError) -> bool:
    """Tell whether somebody was faster by a moment; SQLite names columns, not constraints."""
    told = getattr(error.__cause__, "diag", None)
    return told.constraint_name == _ONCE if told else str(error).endswith(_ONCE_IN_SQLITE)


@transaction.atomic
def _store(proposal: Proposal, source: AuditEntry.Source, at: datetime) -> Plan:
    """The rights of the person are asked for anew; the history and what follows are written."""
    plan = make_plan(
        proposal.entries, user=proposal.user, convention=proposal.convention, lock=True
    )
    if plan.faults or plan.digest != proposal.digest:
        raise Outdated
    _withdraw_samples(plan, by=proposal.user, source=source, at=at)
    records = [change.after for change in plan.to_write]
    save_records(records=records, by=proposal.user, source=source, at=at)
    return plan


def _withdraw_samples(plan: Plan, *, by, source: AuditEntry.Source, at: datetime) -> None:
    """Let real values take the place of sample ones, which go with all that shows them."""
    for change in plan.to_write:
        record = change.after
        if record.is_sample:
            delete_record(record=change.before, by=by, source=source, at=at)
            record.pk, record._state.adding, record.is_sample = None, True, False
