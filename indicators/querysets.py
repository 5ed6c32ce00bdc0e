from typing import Self

from portal.accounts.querysets import VisibleQuerySet


class IndicatorQuerySet(VisibleQuerySet):
    def addressed(self, language: str, slug: str) -> Self:
        """The indicator that has this address in one language."""
        return self.filter(**{f"slug_{language}": slug})

    def with_place(self) -> Self:
        """Bring along what the indicator measures and who answers for it."""
        return self.select_related(
            "goal",
            "objective__goal",
            "measure__objective__goal",
            "measure__organisation",
            "organisation",
        )
