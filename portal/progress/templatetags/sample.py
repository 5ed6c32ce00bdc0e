"""The mark that stands at whatever shows sample data."""

from collections.abc import Iterable

from django import template
from django.db.models import Model

register = template.Library()


@register.inclusion_tag("components/sample_mark.html")
def sample_mark(*shown: Model | Iterable[Model] | None) -> dict:
    """Mark the place if one of the records shown there, alone or in a list, is sample data."""
    return {"hidden": not any(is_sample(one) for one in shown)}


def is_sample(shown: Model | Iterable[Model] | None) -> bool:
    """Say whether a record is sample data, or one of a list is; what is not there is not."""
    if shown is None or isinstance(shown, str):
        return False
    if hasattr(shown, "is_sample"):
        return shown.is_sample
    return isinstance(shown, Iterable) and any(is_sample(one) for one in shown)
