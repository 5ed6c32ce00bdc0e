"""How columns become keys of the file; the way back of `portal.content.loader.columns`."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import timezone

from portal.common.languages import LANGUAGES
from portal.common.states import Publication
from portal.content.shapes import List, Obj, OneOrMany
from portal.content.wording import tidy
from portal.content.yamlwriter import Number

Tree = dict[str, Any]


def text(record: Model, name: str) -> Tree | None:
    """A text with the languages that have it, or None."""
    words = {language: tidy(getattr(record, f"{name}_{language}") or "") for language in LANGUAGES}
    return {language: word for language, word in words.items() if word} or None


def number(value: Decimal | int | None) -> Number | None:
    return None if value is None else Number(f"{Decimal(value).normalize():f}")


def euros(cents: int | None) -> Number | None:
    if cents is None:
        return None
    whole, rest = divmod(cents, 100)
    return Number(f"{whole}.{rest:02}" if rest else str(whole))


def words(value: str | None) -> str | None:
    return tidy(value or "") or None


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def moment(value: datetime | None) -> str | None:
    if value is None:
        return None
    local = timezone.localtime(value)
    return local.isoformat(timespec="auto" if local.second or local.microsecond else "minutes")


def state(record: Model) -> Tree:
    """Only what is not simply published says so."""
    published = record.publication == Publication.PUBLISHED
    return {
        "publication": None if published else str(record.publication),
        "publish_at": moment(record.publish_at),
    }


def owner(record: Model) -> Tree:
    organisation = record.organisation
    return {
        "responsible": organisation.code if organisation else None,
        "update_rhythm": words(record.update_rhythm),
    }


def published_status(record: Model) -> Tree | None:
    if not record.published_state:
        return None
    return {
        "state": str(record.published_state),
        "text": text(record, "published_text"),
        "date": words(record.published_on),
        "source": words(record.published_source),
    }


def codes(records: Iterable[Model]) -> list[str]:
    return [record.code for record in records]


def arranged(kind: Any, value: Any) -> Any:
    """The value with its keys in the order of the format, and without those that say nothing.

    Keys that an export always shows stay, empty.
    """
    if isinstance(kind, OneOrMany):
        items = [arranged(kind.of, item) for item in value]
        return items[0] if len(items) == 1 else items
    if isinstance(kind, List):
        return [arranged(kind.of, item) for item in value]
    if not isinstance(kind, Obj) or not isinstance(value, dict):
        return value
    unknown = value.keys() - kind.fields.keys()
    if unknown:
        raise KeyError(f"{kind.name} has no {sorted(unknown)}")
    tree = {}
    for key, field in kind.fields.items():
        inner = value.get(key)
        if inner not in (None, [], {}):
            tree[key] = arranged(field.kind, inner)
        elif field.shown:
            tree[key] = [] if isinstance(field.kind, List) else None
    return tree
