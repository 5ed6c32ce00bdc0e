"""What machines read about a page, in the words of schema.org."""

from collections.abc import Sequence

from django.http import HttpRequest

from .addresses import absolute

# JSON inside a script element: these three could end it or open another.
SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def government_organization(municipality: str | None) -> list[dict]:
    """Return whose site this is, nothing while no strategy names a municipality."""
    return [{"@type": "GovernmentOrganization", "name": municipality}] if municipality else []


def breadcrumb_list(request: HttpRequest, crumbs: Sequence[dict[str, str]]) -> list[dict]:
    """Return the way from the tree to the page, the page itself left out."""
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "name": crumb["title"],
            "item": absolute(request, crumb["url"]),
        }
        for place, crumb in enumerate(crumbs, start=1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}] if items else []
