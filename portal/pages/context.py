"""What every page shows around its content: the site's name, its menu and its contact."""

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from goals.current import shown_strategy
from portal.common.addresses import alternates
from portal.common.languages import active_language

MENU = (
    ("pages:about", _("About the strategy")),
    ("pages:tree", _("Goals and measures")),
    ("progress:overview", _("Progress")),
    ("measures:project-list", _("Projects")),
    ("indicators:list", _("Indicators")),
    ("search:search", _("Search")),
)


def site(request: HttpRequest) -> dict:
    """Return ``site`` and ``nav``; nothing in the administration, which has its own frame."""
    if request.path_info.startswith("/admin/"):
        return {}
    strategy = shown_strategy(request)
    language = active_language()
    about = {
        "name": settings.SITE_NAMES.get(language) or (strategy.title if strategy else ""),
        "municipality": strategy.municipality if strategy else "",
        "strategy": strategy,
        "contact_email": settings.CONTACT_EMAIL,
        "logo_url": static(settings.SITE_LOGO) if settings.SITE_LOGO else "",
        "brand_css": bool(settings.BRAND_COLOUR),
    }
    return {
        "site": about,
        "portal": about,  # the account pages' views put another "site" in its place
        "nav": navigation(request),
        # A page about a record puts its own in their place.
        "alternates": SimpleLazyObject(lambda: alternates(request)),
    }


def navigation(request: HttpRequest) -> list[dict]:
    """Return the main menu; the entry whose section the page belongs to is current."""
    items = []
    for name, title in MENU:
        url = reverse(name)
        current = request.path.startswith(url)
        items.append({"title": str(title), "url": url, "current": current})
    return items
