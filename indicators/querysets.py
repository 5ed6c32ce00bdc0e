from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.accounts.querysets import VisibleQuerySet
from portal.common.models import AuditEntry


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

    def touched_since(self, moment: datetime) -> Self:
        """Those of which a value, a target, a rule or anything else was written since then."""
        targets = AuditEntry.objects.filter(model="indicators.target", at__gte=moment)
        written = Q(updated_at__gte=moment) | Q(measure__updated_at__gte=moment)
        written |= Q(observations__recorded_at__gte=moment)
        written |= Q(former_observations__replaced_at__gte=moment)
        written |= Q(targets__in=[int(key) for key in targets.values_list("object_id", flat=True)])
        for part in ("criteria", "overrides", "events", "confirmations"):
            written |= Q(**{f"{part}__updated_at__gte": moment})
        return self.filter(written).distinct()

    def beside(self, indicator) -> Self:
        """Those of the same objective and its measures, or of the same goal: its neighbours."""
        if indicator.goal_id:
            return self.filter(goal_id=indicator.goal_id)
        objective = indicator.objective_id or indicator.measure.objective_id
        return self.filter(Q(objective_id=objective) | Q(measure__objective_id=objective))


class ObservationQuerySet(models.QuerySet):
    def known_at(self, at: datetime) -> Self:
        """Values that were known at the moment ``at`` and have not been corrected since."""
        return self.filter(recorded_at__lte=at)


class FormerObservationQuerySet(models.QuerySet):
    def known_at(self, at: datetime) -> Self:
        """Values that were known at the moment ``at`` and have been replaced since."""
        return self.filter(recorded_at__lte=at, replaced_at__gt=at)


class AssessmentQuerySet(models.QuerySet):
    def in_force(self, at: datetime | None = None) -> Self:
        """What is shown now, or was shown at the moment ``at``: at most one row of each subject."""
        if at is None or at >= timezone.now():
            return self.filter(valid_to=None)
        return self.filter(valid_from__lte=at).filter(Q(valid_to=None) | Q(valid_to__gt=at))

    def without_inputs(self) -> Self:
        """Leave out what only the explanation of a state needs."""
        return self.defer("inputs")

    def of(self, record: models.Model) -> Self:
        """Everything that has been assessed about ``record``."""
        level = record._meta.model_name
        return self.filter(level=level, **{level: record})
