from typing import Self

from portal.accounts.querysets import VisibleQuerySet


class StrategyQuerySet(VisibleQuerySet):
    def current(self) -> Self:
        """The strategy that the site shows, if any."""
        return self.filter(is_current=True)


class GoalQuerySet(VisibleQuerySet):
    def addressed(self, language: str, slug: str) -> Self:
        """The goal that has this address in one language."""
        return self.filter(**{f"slug_{language}": slug})


class ObjectiveQuerySet(VisibleQuerySet):
    def addressed(self, language: str, slug: str) -> Self:
        """The objective that has this address in one language (below a goal)."""
        return self.filter(**{f"slug_{language}": slug})
