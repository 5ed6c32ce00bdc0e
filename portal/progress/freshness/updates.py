"""The updates that are expected, by when, and the people who hear of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model
from django.utils import timezone

from portal.accounts.models import Organisation, User

from .records import SUBJECTS, freshness_of, titles_of, with_freshness
from .rules import DEPUTY_TOO_FROM, Period, reached_stage

CHUNK = 1000


@dataclass(frozen=True)
class Update:
    """An update of one record that is expected; ``stage`` is the latest that has come, if any.

    ``owner`` and ``deputy`` are those who can be told: city staff with an open account.
    """

    record: Model
    due: Period
    stage: int | None
    owner: User | None
    deputy: User | None

    @property
    def key(self) -> str:
        return f"{self.record._meta.model_name}:{self.record.pk}"

    @property
    def stage_key(self) -> str:
        """The name of this stage for ever: ``reminder:indicator:12:2026-12-31:-30``."""
        return f"reminder:{self.key}:{self.due.end}:{self.stage}"

    @property
    def organisation(self) -> Organisation | None:
        """Who answers for it; an indicator without an organisation takes that of its measure."""
        return getattr(self.record, "responsible", self.record.organisation)

    @property
    def people(self) -> list[User]:
        """Who is told at this stage: the owner, late the deputy too; else who of them there is."""
        if self.owner is None:
            return [self.deputy] if self.deputy else []
        late = self.stage is not None and self.stage >= DEPUTY_TOO_FROM
        both = [self.owner, self.deputy] if late and self.deputy else [self.owner]
        return list(dict.fromkeys(both))

    def is_overdue(self, on: date) -> bool:
        return self.due.end < on

    def as_data(self) -> dict:
        """What a mail says about it, kept with the event so that the mail is always the same."""
        return {"record": self.key, "titles": titles_of(self.record), "due": str(self.due.end)}


def expected_updates(now: datetime) -> Iterator[Update]:
    """Yield every expected update in three queries, whatever their number, without keeping them."""
    on = timezone.localdate(now)
    for model in SUBJECTS.values():
        related = ["owner", "deputy", "organisation__head"]
        if model is SUBJECTS["indicator"]:
            related.append("measure__organisation__head")
        records = with_freshness(model.objects.all(), now)
        expected = records.filter(updates_expected=True).select_related(*related)
        for record in expected.iterator(chunk_size=CHUNK):
            due = freshness_of(record).due
            stage = reached_stage(due, on)
            yield Update(record, due, stage, reachable(record.owner), reachable(record.deputy))


def reachable(person: User | None) -> User | None:
    """Return ``person`` if mail may go there, else None: whoever has left counts as nobody."""
    fit = person is not None and person.is_active and person.is_staff and person.email
    return person if fit else None
