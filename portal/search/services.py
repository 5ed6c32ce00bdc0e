"""Search by title, in the language of the page.

Titles are few (thousands at most), so they are compared in Python: one way that ignores capitals
and carons alike on SQLite and on PostgreSQL. Full texts are another matter.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goals.models import Goal, Objective, Strategy
from indicators.models import Indicator
from measures.models import Measure, Project
from portal.common.languages import active_language
from portal.common.text import folded

MAX_RESULTS = 100
KINDS = {
    Goal: _("Strategic goal"),
    Objective: _("Objective"),
    Measure: _("Measure"),
    Project: _("Project"),
    Indicator: _("Indicator"),
}


@dataclass(frozen=True)
class Result:
    """A page whose title or code answers the search."""

    kind: str
    code: str
    title: str
    url: str


def search_titles(strategy: Strategy, user, query: str) -> list[Result]:
    """Return at most ``MAX_RESULTS`` pages whose code or title has every word of ``query``.

    Beginnings of titles come first, then the order of the strategy.
    """
    words = folded(query).split()
    if not words:
        return []
    results = []
    for records, title_field in _searched(strategy, user):
        results += _matches(records, title_field, words)
    results.sort(key=lambda result: not folded(result.title).startswith(words[0]))
    return results[:MAX_RESULTS]


def _searched(strategy: Strategy, user) -> list[tuple[QuerySet, str]]:
    return [
        (strategy.goals.visible_to(user), "title"),
        (strategy.objectives.visible_to(user).select_related("goal"), "title"),
        (strategy.measures.visible_to(user).select_related("objective__goal"), "title"),
        (strategy.projects.visible_to(user), "title"),
        (strategy.indicators.visible_to(user), "name"),
    ]


def _matches(records: QuerySet, title_field: str, words: list[str]) -> list[Result]:
    kind = str(KINDS[records.model])
    found = []
    for record in records:
        title = getattr(record, f"{title_field}_{active_language()}") or ""
        code = getattr(record, "code", "")
        haystack = folded(f"{code} {title}")
        if title and all(word in haystack for word in words):
            found.append(Result(kind, code, title, record.get_absolute_url()))
    return found
