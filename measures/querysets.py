from typing import Self

from portal.accounts.querysets import VisibleQuerySet


class MeasureQuerySet(VisibleQuerySet):
    def addressed(self, language: str, slug: str) -> Self:
        """The measure that has this address in one language (below an objective)."""
        return self.filter(**{f"slug_{language}": slug})

    def with_place(self) -> Self:
        """Bring along the objective and goal that the address of a measure needs."""
        return self.select_related("objective__goal")


class ProjectQuerySet(VisibleQuerySet):
    def addressed(self, language: str, slug: str) -> Self:
        """The project that has this address in one language."""
        return self.filter(**{f"slug_{language}": slug})


class ProgressReportQuerySet(VisibleQuerySet):
    pass
