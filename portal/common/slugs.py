"""Addresses of records: derived once from the title, one per language, never a route's own word."""

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
    slug = slugify(title.translate(_LETTERS))[:MAX_SLUG_LENGTH].strip("-")
    if slug and slug not in RESERVED_SLUGS and slug not in taken:
        return slug
    suffix = slugify(code.replace(".", "-"))
    stem = f"{slug[: MAX_SLUG_LENGTH - len(suffix) - 1]}-{suffix}".strip("-") or "x"
    candidate, number = stem, 2
    while candidate in taken or candidate in RESERVED_SLUGS:
        candidate, number = f"{stem[: MAX_SLUG_LENGTH - 6]}-{number}", number + 1
    return candidate
