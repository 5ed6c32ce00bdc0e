"""The form behind every page of the administration."""

import contextlib

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.forms.models import construct_instance
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.common.languages import LANGUAGES
from portal.common.models import Slugged
from portal.common.services import give_slugs
from portal.common.translations import missing_translations, split_column, translated_fields


class StaffForm(forms.ModelForm):
    """Marks the language of each field and missing translations, and checks the whole record.

    ``refused`` holds what a service objected to when the form had seemed right; the page is then
    shown again with it.
    """

    refused: ValidationError | None = None
    filled_in_later: frozenset[str] = frozenset()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        missing = missing_translations(self.instance)
        for name, field in self.fields.items():
            self._name_language(name, field)
            if name in missing:
                self._mark_missing(name, field)

    def _name_language(self, name: str, field: forms.Field) -> None:
        stem, language = split_column(self._meta.model, name)
        if language is None:
            return
        field.widget.attrs["lang"] = language
        original = self._meta.model._meta.get_field(stem)
        if language == "sl" and not original.blank and stem != "slug":
            field.required = True  # Slovenian is the original

    def _mark_missing(self, name: str, field: forms.Field) -> None:
        mark = _("translation missing")
        field.widget.attrs["data-missing"] = ""
        if not name.startswith("slug_"):
            field.widget.attrs["placeholder"] = capfirst(mark)
        field.label = format_html('{} <strong class="missing-mark">{}</strong>', field.label, mark)

    def clean(self):
        cleaned = super().clean()
        if isinstance(self.instance, Slugged):
            self._give_addresses()
        return cleaned

    def _give_addresses(self) -> None:
        """Derive missing addresses before the rules of the model are applied: they ask for them."""
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        # What is wrong here is found, and told, when the whole record is checked.
        with contextlib.suppress(ValidationError, ObjectDoesNotExist):
            self.instance.clean()
        give_slugs(self.instance)
        for name in (f"slug_{language}" for language in LANGUAGES):
            if name in self.cleaned_data:
                self.cleaned_data[name] = getattr(self.instance, name)

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            self._check_whole_record()
        if self.refused is not None:
            self._take_over(self.refused)

    def _check_whole_record(self) -> None:
        """Apply also the rules that concern fields which this form does not show."""
        try:
            unchecked = self._parents_to_come() | self._mirrors() | self.filled_in_later
            self.instance.full_clean(exclude=unchecked)
        except ValidationError as error:
            self._take_over(error)

    def _parents_to_come(self) -> set[str]:
        """The record that a new inline row belongs to may itself be new."""
        parent = getattr(self, "parent_link", None)
        return {parent} if parent and getattr(self.instance, f"{parent}_id") is None else set()

    def _mirrors(self) -> set[str]:
        """Bare columns mirror the language of this page, which is not what is required."""
        return set(translated_fields(self._meta.model))

    def _take_over(self, error: ValidationError) -> None:
        """Show each error at its field, or above the form if it has no such field."""
        for name, errors in _by_field(error).items():
            place = next((n for n in (name, f"{name}_sl") if n in self.fields), None)
            self.add_error(place, errors)


def _by_field(error: ValidationError) -> dict[str, list[ValidationError]]:
    if hasattr(error, "error_dict"):
        return error.error_dict
    return {NON_FIELD_ERRORS: error.error_list}
