"""The invented offices and the people in them."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Model

from portal.accounts.models import Organisation
from portal.common.models import AuditEntry
from portal.common.services import give_slugs, save_record
from portal.common.slugs import slug_of

from .texts import KINDS, ORGANISATIONS, PEOPLE

SAMPLE = AuditEntry.Source.SAMPLE
PEOPLE_OF_EACH = 3


@dataclass(frozen=True)
class Office:
    """An organisation with those who answer for its promises."""

    organisation: Organisation
    owner: Model
    deputy: Model


def write(record: Model, at: datetime, by: Model | None = None) -> Model:
    """Save ``record`` as a part of the sample, as somebody would have at the moment ``at``."""
    record.is_sample = True
    save_record(record=record, by=by, source=SAMPLE, at=at)
    return record


def change(record: Model, at: datetime, by: Model | None = None, **columns) -> None:
    """Give a real record what it lacks; its history tells that the sample has."""
    for name, value in columns.items():
        setattr(record, name, value)
    save_record(record=record, by=by, source=SAMPLE, at=at)


def open_offices(at: datetime) -> list[Office]:
    """Return the invented offices; those of another strategy's sample are used again."""
    offices, by_code = [], {}
    for number, (code, *facts) in enumerate(ORGANISATIONS):
        first = number * PEOPLE_OF_EACH
        owner, deputy, head = (_person(name, at) for name in PEOPLE[first : first + PEOPLE_OF_EACH])
        known = Organisation.objects.filter(code=code, is_sample=True).first()
        organisation = known or _organisation(code, *facts, by_code=by_code, head=head, at=at)
        by_code[code] = organisation
        offices.append(Office(organisation, owner, deputy))
    return offices


def _organisation(
    code: str, kind: str, parent: str, name_sl: str, name_en: str, word: str, *, by_code, head, at
) -> Organisation:
    organisation = Organisation(
        code=code,
        kind=kind,
        parent=by_code.get(parent),
        name_sl=f"{KINDS[word][0]} {name_sl}",
        name_en=f"{KINDS[word][1]} {name_en}",
        contact="example.org",
        head=head,
    )
    give_slugs(organisation)
    return write(organisation, at)


def _person(name: str, at: datetime) -> Model:
    """Somebody who cannot sign in, with an address that nobody can have."""
    User = get_user_model()
    email = f"{slug_of(name).replace('-', '.')}@example.org"
    known = User.objects.filter(email=email, is_sample=True).first()
    if known is None:
        known = User(email=email, display_name=name, language="sl", date_joined=at)
        known.set_unusable_password()
        write(known, at)
    return known
