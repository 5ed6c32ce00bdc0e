"""Model fields shared by the apps."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.forms import MultipleChoiceField
from django.utils.translation import gettext_lazy as _

from .partial_dates import validate_partial_date

validate_code = RegexValidator(
    r"^[A-Za-z0-9]+(?:[._:-][A-Za-z0-9]+)*\Z",
    _("Letters and digits, joined by a full stop, a colon, a hyphen or an underscore."),
)

_validate_web_address = URLValidator(schemes=["http", "https"])


def natural_key(code: str) -> str:
    """Return a text that sorts as people count: ``2`` before ``10``, ``1.2`` before ``1.10``."""
    parts = re.split(r"(\d+)", code.casefold())
    return "".join(part.zfill(8) if part.isdecimal() else part for part in parts)


def validate_texts(value: object) -> None:
    """Refuse what is not a list of texts."""
    if not isinstance(value, list) or not all(isinstance(t, str) and t.strip() for t in value):
        raise ValidationError(MultipleChoiceField.default_error_messages["invalid_list"])


def validate_web_addresses(value: object) -> None:
    """Refuse what is not a list of addresses that a page may link to."""
    validate_texts(value)
    for address in value:
        _validate_web_address(address)


class CodeField(models.CharField):
    """A short public code such as ``1.2.3-K1``."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 40, "validators": [validate_code], **kwargs})


class CodeSortField(models.CharField):
    """The sort key of the ``code`` beside it, renewed at every write."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 200, "editable": False, "blank": True, **kwargs})

    def pre_save(self, model_instance, add):
        key = natural_key(model_instance.code)
        setattr(model_instance, self.attname, key)
        return key


class PartialDateField(models.CharField):
    """A day, month or year as text; sorts by time because it is written ``YYYY-MM-DD``."""

    def __init__(self, *args, **kwargs):
        defaults = {"max_length": 10, "blank": True, "default": ""}
        super().__init__(*args, **{**defaults, "validators": [validate_partial_date], **kwargs})


class MeasurementField(models.DecimalField):
    """A measured value: at most 15 digits, 4 of them decimals (what SQLite keeps exactly)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_digits": 15, "decimal_places": 4, **kwargs})


class MoneyField(models.PositiveBigIntegerField):
    """An amount in whole cents of a euro; empty is unknown, which is not zero."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"null": True, "blank": True, **kwargs})
