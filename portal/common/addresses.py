"""Finding records by their address: in this language, in the other one, or by a former address."""

from typing import TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.urls import translate_url

from .languages import LANGUAGES, OWN_NAMES, active_language, other_languages
from .query import query_in

AnyModel = TypeVar("AnyModel", bound=Model)


def find_by_slug(records: QuerySet[AnyModel], slug: str) -> AnyModel:
    """Return the record of ``records`` that has, or once had, this address; raise ``Http404``.

    The caller redirects when the record's own address is not the one asked for.
    """
    language = active_language()
    attempts = [{f"slug_{language}": slug}]
    attempts += [{f"slug_{other}": slug} for other in other_languages(language)]
    attempts += [{"old_slugs__slug": slug}]
    for attempt in attempts:
        found = records.filter(**attempt).order_by("pk").first()
        if found is not None:
            return found
    raise Http404


def absolute(request: HttpRequest, path: str) -> str:
    """Return the public address of a path."""
    return f"{settings.BASE_URL}{path}" if settings.BASE_URL else request.build_absolute_uri(path)


def alternates(request: HttpRequest, record: Model | None = None) -> list[dict]:
    """Describe this page in every language, for the language switch and ``hreflang``.

    A record says its own address in the other language; any other page is translated by its route.
    """
    current = active_language()
    return [_alternate(request, record, language, current) for language in LANGUAGES]


def _alternate(request: HttpRequest, record: Model | None, language: str, current: str) -> dict:
    available = record is None or bool(getattr(record, f"slug_{language}"))
    if record is not None and available:
        url = record.url_in(language)
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
