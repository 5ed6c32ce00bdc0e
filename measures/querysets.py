from typing import Self

from portal.accounts.querysets import VisibleQuerySet


class MeasureQuerySet(VisibleQuerySet):
    def for_lists(self) -> Self:
        return self.select_related("organisation")

    def with_place(self) -> Self:
        """Bring along the objective and goal that the address of a measure needs."""
        return self.select_related("objective__goal", "organisation", "amendment")


class ProjectQuerySet(VisibleQuerySet):
    def for_lists(self) -> Self:
        return self.select_related("organisation")


class ProgressReportQuerySet(VisibleQuerySet):
    def for_page(self) -> Self:
        """Bring along the documents of each report."""
        return self.prefetch_related("evidence")
