"""Pictures in templates: icons of the interface and patterns of goals."""

from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.common import icons
from portal.common.art import TILE, goal_pattern, position_of

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a sign that repeats the words beside it, so it is hidden from a screen reader."""
    filled = icons.FILLED.get(name)
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"'
        ' focusable="false"><path d="{}"/>{}</svg>',
        icons.STROKED[name],
        format_html('<path class="icon-fill" d="{}"/>', filled) if filled else "",
    )


@register.simple_tag
def pattern(
    position: int | str, seed: str = "", width: int | None = None, height: int | None = None
) -> dict[str, object]:
    """Give ``components/goal_art.html`` the shapes of a pattern and the size of its canvas."""
    width, height = width or 8, height or 4
    return {
        "shapes": goal_pattern(position_of(position), seed or "", width, height),
        "view_box": f"0 0 {width * TILE} {height * TILE}",
    }


@register.filter
def hostname(url: str) -> str:
    """Show an address as the site that it belongs to."""
    return urlsplit(url).hostname or url
