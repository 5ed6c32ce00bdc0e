"""Tags and filters that every template may use without loading them."""

import json
from datetime import date

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from ..languages import other_languages, text_in
from ..structured_data import SCRIPT_ESCAPES, breadcrumb_list, government_organization
from ..wording import euros, number, written_date

register = template.Library()


register.filter("number", number)
register.filter("euros", euros)


@register.simple_tag
def day(value: date | None) -> SafeString | str:
    """Write a date (or the day of a moment) as ``<time>``."""
    if value is None:
        return ""
    moment = formats.date_format(value, "DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m-%d}", moment)


@register.simple_tag
def partial_date(text: str) -> SafeString | str:
    """Write a date known to the day, month, quarter or year as ``<time>``."""
    if not text:
        return ""
    shown = written_date(text)
    if "Q" in text:
        return shown
    return format_html('<time datetime="{}">{}</time>', text, shown)


@register.inclusion_tag("components/prose.html", takes_context=True)
def prose(context, record, field: str) -> dict:
    """Show a long text in the page's language; if missing, say so and lead to the original."""
    text = text_in(record, field)
    if text:
        return {"text": text}
    for language in other_languages():
        if text_in(record, field, language):
            return {"language": language, "url": _same_page(context, language)}
    return {}


def _same_page(context, language: str) -> str:
    """Return the address of the page being made in another language, ``""`` if it has none."""
    for alternate in context.get("alternates") or ():
        if alternate["language"] == language and alternate.get("available"):
            return alternate["url"]
    return ""


@register.simple_tag
def invitation(language: str) -> str:
    """Invite to read on in ``language``, said in that language."""
    with override(language):
        # Translators: name your own language; the sentence is shown in the language it names.
        return gettext("Read it in English")


@register.simple_tag(takes_context=True)
def structured_data(context) -> SafeString | str:
    """Tell machines whose site this is and where in it the page stands (JSON-LD)."""
    municipality = (context.get("site") or {}).get("municipality")
    crumbs = context.get("crumbs") or []
    graph = [*government_organization(municipality), *breadcrumb_list(context["request"], crumbs)]
    if not graph:
        return ""
    data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    # Safe: no character that could end the script element is left in the data.
    harmless = mark_safe(data.translate(SCRIPT_ESCAPES))
    return format_html('<script type="application/ld+json">{}</script>', harmless)
