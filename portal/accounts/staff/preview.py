"""Where a record, even a draft, can be looked at as readers will see it."""

from django.conf import settings
from django.db.models import Model
from django.urls import NoReverseMatch

from portal.common.languages import LANGUAGES
from portal.common.models import Slugged


def preview_links(record: Model | None) -> list[dict[str, str]]:
    """Return the page of ``record`` in each language in which it has an address."""
    if not isinstance(record, Slugged) or record.pk is None:
        return []
    names = dict(settings.LANGUAGES)
    links = []
    for language in LANGUAGES:
        if _has_address(record, language) and (url := _url(record, language)):
            links.append({"language": language, "name": names[language], "url": url})
    return links


def _has_address(record: Slugged, language: str) -> bool:
    """An address is made of the slugs of a record and of those above it, up to the strategy."""
    parents = (getattr(record, name) for name in getattr(record, "public_parents", ()))
    above = [parent for parent in parents if parent is not None and parent.public_parents]
    return bool(getattr(record, f"slug_{language}")) and all(
        _has_address(parent, language) for parent in above
    )


def _url(record: Slugged, language: str) -> str | None:
    try:
        return record.url_in(language)
    except NoReverseMatch:
        return None
