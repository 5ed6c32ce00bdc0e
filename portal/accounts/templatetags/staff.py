"""What the pages of the administration show differently from the stock ones."""

from django import template
from django.contrib.admin.helpers import AdminReadonlyField
from django.core.exceptions import FieldDoesNotExist

from portal.accounts.permissions import may

register = template.Library()


@register.simple_tag(takes_context=True)
def readonly(context, field: AdminReadonlyField) -> str:
    """Show a field that cannot be changed; a link only where the person may go."""
    record, name = field.form.instance, field.field["name"]
    try:
        relation = record._meta.get_field(name)
    except (FieldDoesNotExist, AttributeError):
        return field.contents()
    if not relation.many_to_one or (target := getattr(record, name)) is None:
        return field.contents()
    allowed = may(context["request"].user, "view", type(target), target)
    return field.contents() if allowed else str(target)
