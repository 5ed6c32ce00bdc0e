"""The public pages, for search engines."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from goals.models import Strategy
from portal.accounts.models import Organisation

PAGES = [
    *("pages:home", "pages:about", "pages:tree", "pages:organisation-list"),
    *("progress:overview", "progress:list", "progress:money", "progress:brief", "progress:why"),
    "progress:timeline",
    *("measures:project-list", "indicators:list", "indicators:data-status"),
    *("pages:accessibility", "pages:privacy", "pages:rules"),
]


class _Bilingual(Sitemap):
    i18n = True
    alternates = True

    def get_protocol(self, protocol=None):
        return urlsplit(settings.BASE_URL).scheme or super().get_protocol(protocol)

    def get_domain(self, site=None):
        return urlsplit(settings.BASE_URL).netloc or super().get_domain(site)


class FixedPages(_Bilingual):
    def items(self) -> list[str]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class Records(_Bilingual):
    """The public records of one kind, with the day of their last change."""

    def __init__(self, records: QuerySet):
        self.records = records

    def items(self) -> QuerySet:
        return self.records

    def lastmod(self, item):
        return item.updated_at


def sitemaps_of(strategy: Strategy | None) -> dict[str, Sitemap]:
    """Return the sitemap sections of a strategy; without one only the fixed pages."""
    sections: dict[str, Sitemap] = {"pages": FixedPages()}
    if strategy is not None:
        measures = strategy.measures.public().select_related("objective__goal")
        sections |= {
            "goals": Records(strategy.goals.public()),
            "objectives": Records(strategy.objectives.public().select_related("goal")),
            "measures": Records(measures),
            "projects": Records(strategy.projects.public()),
            "indicators": Records(strategy.indicators.public()),
            "organisations": Records(Organisation.objects.all()),
        }
    return sections
