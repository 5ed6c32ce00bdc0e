"""Finding records by their address: in this language, in the other one, or by a former address."""

import os
from typing import TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.urls import translate_url
from django.utils.functional import Promise
from django.utils.translation import override

from .languages import LANGUAGES, OWN_NAMES, active_language, other_languages
from .query import query_in

AnyModel = TypeVar("AnyModel", bound=Model)


def find_by_slug(records: QuerySet[AnyModel], slug: str) -> AnyModel:
    """Return the record of ``records`` that has, or once had, this address; raise ``Http404``.

    The language of the page goes before the other one, and who has an address before who had it
    last. The caller redirects when the record's own address is not the one asked for.
    """
    language = active_language()
    for spoken in (language, *other_languages(language)):
        found = records.filter(**{f"slug_{spoken}": slug}).order_by("pk").first()
        former = records.filter(old_slugs__language=spoken, old_slugs__slug=slug)
        found = found or former.order_by("-old_slugs__retired_at").first()
        if found is not None:
            return found
    raise Http404


def find_moved(here: QuerySet[AnyModel], anywhere: QuerySet[AnyModel], slug: str) -> AnyModel:
    """Return the record with this address ``here``, else where it has moved to; or ``Http404``."""
    try:
        return find_by_slug(here, slug)
    except Http404:
        return find_by_slug(anywhere, slug)


def absolute(request: HttpRequest, path: str) -> str:
    """Return the public address of a path."""
    return f"{settings.BASE_URL}{path}" if settings.BASE_URL else request.build_absolute_uri(path)


def absolute_in_mail(path: str) -> str:
    """Return the public address of a path where no request says under which name we are reached."""
    site = settings.BASE_URL or f"http://localhost:{os.environ.get('PORT') or 8000}"
    return f"{site}{path}"


def tail_in(language: str, tail: Promise | str) -> str:
    """Return the words of an address behind that of a record (``why/``) in one language."""
    with override(language):
        return str(tail)


def alternates(
    request: HttpRequest, record: Model | None = None, tail: Promise | str = ""
) -> list[dict]:
    """Describe this page in every language, for the language switch and ``hreflang``.

    A record says its own address in the other language, ``tail`` what stands behind it; any other
    page is translated by its route.
    """
    current = active_language()
    return [_alternate(request, record, language, current, tail) for language in LANGUAGES]


def _alternate(
    request: HttpRequest, record: Model | None, language: str, current: str, tail: Promise | str
) -> dict:
    available = record is None or bool(getattr(record, f"slug_{language}"))
    if record is not None and available:
        url = record.url_in(language) + tail_in(language, tail) + query_in(request.GET, language)
    else:
        path = request.path if record is None else f"/{current}/"
        url = translate_url(path, language)
        url += query_in(request.GET, language) if record is None else ""
    return {
        "language": language,
        "label": OWN_NAMES[language],
        "url": url,
        "absolute_url": absolute(request, url.split("?")[0]),
        "current": language == current,
        "available": available,
    }
