"""What is said in one language only, and therefore not fit to be published."""

from django.conf import settings
from django.db.models import Field, Model, Q
from django.utils.functional import lazy
from django.utils.translation import gettext
from modeltranslation.translator import translator

from .languages import LANGUAGES

# Texts without which a record cannot be shown at all.
_ESSENTIAL = ("title", "name")


def name_columns() -> None:
    """Call each translated column by its field and language: “title — Slovenian”."""
    for model in translator.get_registered_models(abstract=False):
        for name in translated_fields(model):
            original = model._meta.get_field(name)
            for language in LANGUAGES:
                column = model._meta.get_field(f"{name}_{language}")
                column.verbose_name = _column_name(original, language)


def _name(original: Field, language: str) -> str:
    names = {"field": original.verbose_name, "language": dict(settings.LANGUAGES)[language]}
    return gettext("%(field)s — %(language)s") % names


_column_name = lazy(_name, str)


def translated_fields(model: type[Model]) -> list[str]:
    """Return the names of the fields that have a column per language, in the order of the model."""
    if model not in translator.get_registered_models(abstract=False):
        return []
    names = set(translator.get_options_for_model(model).fields)
    return [field.name for field in model._meta.fields if field.name in names]


def split_column(model: type[Model], column: str) -> tuple[str, str | None]:
    """Split ``title_sl`` into its field and language; the language is None for other columns."""
    field, _separator, language = column.rpartition("_")
    if language in LANGUAGES and field in translated_fields(model):
        return field, language
    return column, None


def missing_translations(record: Model) -> set[str]:
    """Return the columns of ``record`` that are empty though the other language has a text."""
    missing = set()
    for field in translated_fields(type(record)):
        texts = {f"{field}_{code}": getattr(record, f"{field}_{code}") for code in LANGUAGES}
        if any(texts.values()) or (field in _ESSENTIAL and record.pk):
            missing |= {column for column, text in texts.items() if not text}
    return missing


def missing_translation_q(model: type[Model]) -> Q:
    """The condition for rows of ``model`` that lack a translation of some text."""
    lacking = Q(pk__in=[])
    for field in translated_fields(model):
        empty = [_empty(f"{field}_{language}") for language in LANGUAGES]
        lacking |= _any(empty) if field in _ESSENTIAL else _any(empty) & ~_all(empty)
    return lacking


def _empty(column: str) -> Q:
    return Q(**{f"{column}__isnull": True}) | Q(**{column: ""})


def _any(conditions: list[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def _all(conditions: list[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found &= condition
    return found
