from typing import Self

from django.db.models import Q

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

    def beside(self, indicator) -> Self:
        """Those of the same objective and its measures, or of the same goal: its neighbours."""
        if indicator.goal_id:
            return self.filter(goal_id=indicator.goal_id)
        objective = indicator.objective_id or indicator.measure.objective_id
        return self.filter(Q(objective_id=objective) | Q(measure__objective_id=objective))
