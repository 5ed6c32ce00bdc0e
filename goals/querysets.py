from typing import Self

from portal.accounts.querysets import VisibleQuerySet


class StrategyQuerySet(VisibleQuerySet):
    def current(self) -> Self:
        """The strategy that the site shows, if any."""
        return self.filter(is_current=True)


class GoalQuerySet(VisibleQuerySet):
    pass


class ObjectiveQuerySet(VisibleQuerySet):
    pass
