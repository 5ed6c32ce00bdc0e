from django import template

from portal.common.addresses import absolute
from portal.common.languages import active_language

from ..share import share_image_url

register = template.Library()


@register.simple_tag(takes_context=True)
def share_image_of(context, goal) -> str:
    """Return the public address of a goal's picture, ``""`` if there is none (yet)."""
    if not goal or not goal.pk:
        return ""
    path = share_image_url(goal, active_language())
    return absolute(context["request"], path) if path else ""
