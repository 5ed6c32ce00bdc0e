"""The translated words of addresses, read from the URL patterns themselves."""

import re
from functools import cache

from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import LocalePrefixPattern, URLResolver
from django.utils import translation

from .languages import LANGUAGES


def split_language(path: str) -> tuple[str | None, str]:
    """Split ``/sl/projekti/`` into ``("sl", "projekti/")``; no known language gives None."""
    match = re.match(r"/([a-z]{2})/(.*)", path, re.DOTALL)
    if match and match[1] in LANGUAGES:
        return match[1], match[2]
    return None, path.lstrip("/")


def in_language(path: str) -> str | None:
    """Return ``path`` with every known word in the language of its prefix, if that page exists.

    None when nothing was to translate or the translated address is not one of ours.
    """
    language, rest = split_language(path)
    if language is None:
        return None
    words = _words_into(language)
    translated = "/".join(words.get(part, part) for part in rest.split("/"))
    if translated == rest:
        return None
    target = f"/{language}/{translated}"
    try:
        with translation.override(language):
            resolve(target if target.endswith("/") else f"{target}/")
    except Resolver404:
        return None
    return target if target.endswith("/") else f"{target}/"


@cache
def _words_into(language: str) -> dict[str, str]:
    """Map each word of the other languages' addresses to the word in ``language``."""
    words: dict[str, str] = {}
    own_routes = _routes(language)
    for other in LANGUAGES:
        if other == language:
            continue
        for foreign, own in zip(_routes(other), own_routes, strict=True):
            pairs = zip(foreign.split("/"), own.split("/"), strict=True)
            words |= {theirs: ours for theirs, ours in pairs if theirs != ours}
    return words


def _routes(language: str) -> list[str]:
    """Every route text of the URL patterns, in a fixed order, as written in ``language``."""
    with translation.override(language):
        return list(_walk(get_resolver()))


def _walk(resolver: URLResolver):
    for pattern in resolver.url_patterns:
        if not isinstance(pattern.pattern, LocalePrefixPattern):
            yield str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern)
