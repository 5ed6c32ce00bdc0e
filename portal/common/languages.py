"""The two languages of the portal and small helpers around them."""

from django.conf import settings
from django.utils import translation

LANGUAGES: tuple[str, ...] = tuple(code for code, _name in settings.LANGUAGES)

# How a language is called in itself, for links that lead to it.
OWN_NAMES = {"sl": "Slovenščina", "en": "English"}


def active_language() -> str:
    """Return the language of the page being made, always one of ours."""
    code = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return code if code in LANGUAGES else settings.LANGUAGE_CODE


def other_languages(language: str | None = None) -> tuple[str, ...]:
    """Return the languages other than ``language`` (the active one by default)."""
    language = language or active_language()
    return tuple(code for code in LANGUAGES if code != language)


def text_in(record, field: str, language: str | None = None) -> str:
    """Return a translated field in one language, ``""`` if missing; never the other language."""
    return getattr(record, f"{field}_{language or active_language()}") or ""
