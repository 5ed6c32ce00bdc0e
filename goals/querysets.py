from datetime import datetime
from typing import Self

from portal.accounts.querysets import VisibleQuerySet


class StrategyQuerySet(VisibleQuerySet):
    def current(self) -> Self:
        """The strategy that the site shows, if any."""
        return self.filter(is_current=True)


class GoalQuerySet(VisibleQuerySet):
    def for_lists(self, at: datetime | None = None) -> Self:
        return self.with_progress(at)


class ObjectiveQuerySet(VisibleQuerySet):
    def for_lists(self, at: datetime | None = None) -> Self:
        return self.with_progress(at)
