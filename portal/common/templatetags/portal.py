"""Tags and filters that every template may use without loading them."""

import json
from datetime import date

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from ..addresses import absolute
from ..languages import active_language, other_languages, text_in
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
def structured_data(context) -> SafeString:
    """Tell machines whose site this is and where in it the page stands (JSON-LD)."""
    site = context.get("site") or {}
    graph: list[dict] = []
    if site.get("municipality"):
        graph.append({"@type": "GovernmentOrganization", "name": site["municipality"]})
    if crumbs := context.get("crumbs"):
        request = context["request"]
        items = [
            {
                "@type": "ListItem",
                "position": place,
                "name": crumb["title"],
                "item": absolute(request, crumb["url"]),
            }
            for place, crumb in enumerate(crumbs, start=1)
        ]
        graph.append({"@type": "BreadcrumbList", "itemListElement": items})
    if not graph:
        return mark_safe("")
    data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    harmless = data.translate({ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"})
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(harmless),
    )


@register.simple_tag
def page_language() -> str:
    return active_language()
