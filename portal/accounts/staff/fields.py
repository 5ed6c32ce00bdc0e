"""Form fields that read what people write: numbers with a comma or a point, money, lists."""

import re
from decimal import Decimal, InvalidOperation

from django import forms
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)


def parse_number(text: str) -> Decimal:
    """Read ``1234.56``, ``1234,56`` or ``1 234,56``; raise ``ValidationError`` for anything else.

    A text with both a point and a comma is refused: nobody can tell which of them parts decimals.
    """
    compact = _SPACES.sub("", text)
    if not _NUMBER.fullmatch(compact):
        raise ValidationError(_("Write a number such as 1234,5 or 1234.5."), code="invalid")
    try:
        return Decimal(compact.replace(",", "."))
    except InvalidOperation:
        raise ValidationError(_("This number is too long."), code="invalid") from None


def format_number(value: Decimal) -> str:
    """Write a number as it is read in the active language, without idle zeros."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", get_format("DECIMAL_SEPARATOR"))


class KnownChoices:
    """Shows a form again although somebody sent what can be no key; the stock boxes fail then."""

    def optgroups(self, name, value, attrs=None):
        keys = [key for key in value if str(key).isdecimal() and len(str(key)) < 19]
        return super().optgroups(name, keys or [""], attrs)


class ChoiceBox(KnownChoices, AutocompleteSelect):
    pass


class ChoicesBox(KnownChoices, AutocompleteSelectMultiple):
    pass


class DateAndTime(AdminSplitDateTime):
    """The two boxes of a point in time, each with a name of its own."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        for box, name in zip(self.widgets, (_("Date"), _("Time")), strict=True):
            box.attrs["aria-label"] = name


class NumberField(forms.DecimalField):
    """A decimal number in either convention."""

    widget = forms.TextInput

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            value = parse_number(value)
        return super().to_python(value)

    def prepare_value(self, value):
        return format_number(value) if isinstance(value, Decimal) else value

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "inputmode": "decimal", "class": "number"}


class EurosField(forms.Field):
    """Money written in euros and kept in whole cents."""

    widget = forms.TextInput
    default_error_messages = {
        "cents": _("Write at most two decimals."),
        "negative": _("An amount cannot be negative."),
        "large": _("This amount is too large."),
    }
    MAX_CENTS = 10**15

    def to_python(self, value):
        if value in self.empty_values or not str(value).strip():
            return None
        cents = parse_number(str(value).replace("€", "")) * 100
        if cents < 0:
            raise ValidationError(self.error_messages["negative"], code="negative")
        if cents > self.MAX_CENTS:
            raise ValidationError(self.error_messages["large"], code="large")
        if cents != int(cents):
            raise ValidationError(self.error_messages["cents"], code="cents")
        return int(cents)

    def prepare_value(self, value):
        if isinstance(value, int):
            return f"{value // 100}{get_format('DECIMAL_SEPARATOR')}{value % 100:02d}"
        return value

    def has_changed(self, initial, data):
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "inputmode": "decimal", "class": "number"}


class LinesField(forms.CharField):
    """A list of short texts, one in a line."""

    widget = forms.Textarea

    def __init__(self, *, encoder=None, decoder=None, **kwargs):
        kwargs.pop("empty_value", None)
        super().__init__(**kwargs)  # a list is stored as it is, without a coder of its own

    def to_python(self, value):
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def prepare_value(self, value):
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)

    def validate(self, value):
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        super().run_validators("\n".join(value))

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "placeholder": _("One per line")}
