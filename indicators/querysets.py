from typing import Self

from portal.accounts.querysets import VisibleQuerySet


class IndicatorQuerySet(VisibleQuerySet):
    def for_lists(self) -> Self:
        """Bring along targets, measured values (latest first) and who answers for them."""
        return self.select_related("organisation", "measure__organisation").prefetch_related(
            "targets", "observations"
        )

    def with_place(self) -> Self:
        """Bring along what the indicator measures and where that stands in the tree."""
        return self.select_related(
            "goal",
            "objective__goal",
            "measure__objective__goal",
            "measure__organisation",
            "organisation",
        )
