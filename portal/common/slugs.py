"""Addresses of records: derived once from the title, one per language, never a route's own word."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

MAX_SLUG_LENGTH = 100

# Words that the address of a page may need behind or beside a record's slug.
RESERVED_SLUGS = frozenset(
    [
        *("admin", "api", "en", "media", "sl", "static"),
        *("zakaj", "why", "razprava", "discussion"),
        *("stanje-podatkov", "data-status", "povzetek", "brief"),
        *("izid", "outcome", "pot", "trace"),
    ]
)

_LETTERS = str.maketrans({"đ": "d", "Đ": "D", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"})

_validate_shape = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    _("An address part has small letters a-z, digits and single hyphens only."),
)


def validate_slug(slug: str) -> None:
    """Refuse a slug of the wrong shape or one that would hide a page of the portal."""
    _validate_shape(slug)
    if slug in RESERVED_SLUGS:
        message = _("“%(slug)s” is a page of the portal; choose another address.")
        raise ValidationError(message, code="reserved", params={"slug": slug})


def slug_of(title: str, *, code: str = "", taken: frozenset[str] | set[str] = frozenset()) -> str:
    """Derive a free slug from ``title``; if taken, reserved or empty, ``code`` is added."""
    slug = _shaped(title)
    if slug and slug not in RESERVED_SLUGS and slug not in taken:
        return slug
    stem = candidate = _joined(slug, _shaped(code.replace(".", "-"))) or "x"
    number = 2
    while candidate in taken or candidate in RESERVED_SLUGS:
        candidate, number = _joined(stem, str(number)), number + 1
    return candidate


def _shaped(text: str) -> str:
    words = re.sub("[-_]+", "-", slugify(text.translate(_LETTERS)))
    return words[:MAX_SLUG_LENGTH].strip("-")


def _joined(stem: str, suffix: str) -> str:
    """Put ``suffix`` behind as much of ``stem`` as there is room for."""
    beginning = stem[: MAX_SLUG_LENGTH - len(suffix) - 1].strip("-")
    return "-".join(part for part in (beginning, suffix) if part)
