from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from portal.accounts.permissions import editable_q
from portal.accounts.querysets import VisibleQuerySet
from portal.common.models import AuditEntry

# Of two periods that end together the longer one comes first.
LATEST_FIRST = ("-period_end", "period_start")


class IndicatorQuerySet(VisibleQuerySet):
    def for_lists(self) -> Self:
        """Bring along targets and who answers for them."""
        rows = self.select_related("organisation", "measure__organisation")
        return rows.prefetch_related("targets")

    def listed(self, at: datetime | None = None) -> list[models.Model]:
        """Return the rows of a list, each with the latest value known at the moment ``at`` (now).

        One value is read of each, however long its history: two queries, three for a past moment.
        """
        names = ["observations"] if at is None else ["observations", "former_observations"]
        sources = [self.model._meta.get_field(name).related_model.objects for name in names]
        found = [rows.all() if at is None else rows.known_at(at) for rows in sources]
        rows = self.for_lists()
        for name, known in zip(names, found, strict=True):
            newest = known.filter(indicator=OuterRef("pk")).order_by(*LATEST_FIRST).values("pk")
            rows = rows.annotate(**{f"newest_of_{name}": Subquery(newest[:1])})
        indicators = list(rows)
        for indicator in indicators:
            indicator.newest_rows = []
        for name, known in zip(names, sources, strict=True):
            keys = {getattr(indicator, f"newest_of_{name}"): indicator for indicator in indicators}
            for key, observation in known.in_bulk(keys.keys() - {None}).items():
                keys[key].newest_rows.append(observation)
        return indicators

    def listed_for(self, organisation: models.Model) -> list[models.Model]:
        """Those whose data an organisation itself delivers, as its page lists them."""
        return self.with_place().filter(organisation=organisation).listed()

    def below(self, record: models.Model) -> Self:
        """Those of a goal or an objective and of all that stands below it."""
        level = record._meta.model_name
        own, objectives = Q(**{level: record}), Q(**{f"measure__objective__{level}": record})
        if level == "objective":
            return self.filter(own | Q(measure__objective=record))
        return self.filter(own | Q(objective__goal=record) | objectives)

    def with_observations(self, at: datetime | None = None) -> Self:
        """Bring along the values known at the moment ``at`` (now), corrected ones as they were."""
        if at is None:
            return self.prefetch_related("observations")
        current, former = (
            self.model._meta.get_field(name).related_model.objects.known_at(at)
            for name in ("observations", "former_observations")
        )
        return self.prefetch_related(
            Prefetch("observations", current),
            Prefetch("former_observations", former, to_attr="replaced_since"),
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

    def with_evidence(self) -> Self:
        """Bring along the documents of each value; after ``with_observations``."""
        return self.prefetch_related("observations__evidence")

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

    def open_to(self, user) -> Self:
        """Those of the strategy that the site shows for which ``user`` may enter values."""
        mine = editable_q(self.model, user)
        return self.filter(mine, strategy__is_current=True).order_by("code_sort")

    def with_codes(self, codes: Collection[str]) -> Self:
        return self.filter(code__in=codes)

    def kept_by(self, organisation) -> Self:
        """Those for which an organisation delivers the data, by itself or with its measure."""
        return self.filter(self.model.belongs_to_q({organisation.pk}))

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def matching(self, words: str) -> Self:
        """Those whose code or name holds ``words``."""
        in_name = Q(name_sl__icontains=words) | Q(name_en__icontains=words)
        return self.filter(Q(code__icontains=words) | in_name)


class ObservationQuerySet(models.QuerySet):
    def of(
        self, indicators: Iterable[models.Model], periods: Collection[str] | None = None
    ) -> Self:
        """Values of ``indicators``, of some ``periods`` only where they are given."""
        found = self.filter(indicator__in=[indicator.pk for indicator in indicators])
        return found if periods is None else found.filter(period__in=periods)

    def of_all(self, indicators: IndicatorQuerySet) -> Self:
        """Values of every indicator of a set, however many there are."""
        return self.filter(indicator__in=indicators.order_by().values("pk"))

    def in_rows(self) -> Self:
        """Bring along their indicators, in the order of the codes and of time."""
        return self.select_related("indicator").order_by(
            "indicator__code_sort", "period_start", "period_end"
        )

    def known_at(self, at: datetime) -> Self:
        """Values that were known at the moment ``at`` and have not been corrected since."""
        return self.filter(recorded_at__lte=at)


class ObservationEvidenceQuerySet(models.QuerySet):
    def visible_to(self, user=None) -> Self:
        """Documents of the values that ``user`` may see: those of the indicators that they see."""
        observations = self.model._meta.get_field("observation").related_model
        indicators = observations._meta.get_field("indicator").related_model.objects
        return self.filter(observation__indicator__in=indicators.visible_to(user))


class FormerObservationQuerySet(models.QuerySet):
    def known_at(self, at: datetime) -> Self:
        """Values that were known at the moment ``at`` and have been replaced since."""
        return self.filter(recorded_at__lte=at, replaced_at__gt=at)

    def replaced_until(self, at: datetime | None = None) -> Self:
        """Values that had been replaced by the moment ``at`` (now)."""
        return self if at is None else self.filter(replaced_at__lte=at)


class AssessmentQuerySet(models.QuerySet):
    def in_force(self, at: datetime | None = None) -> Self:
        """What is shown now, or was shown at the moment ``at``: at most one row of each subject."""
        if at is None or at >= timezone.now():
            return self.filter(valid_to=None)
        return self.filter(valid_from__lte=at).filter(Q(valid_to=None) | Q(valid_to__gt=at))

    def until(self, at: datetime | None = None) -> Self:
        """What began at the moment ``at`` or before it; everything without one."""
        return self if at is None else self.filter(valid_from__lte=at)

    def in_order_of_subjects(self) -> Self:
        """The history of one subject after the other, each from its beginning."""
        parts = ("goal", "objective", "measure", "indicator")
        return self.order_by("level", "strategy", *parts, "valid_from", "pk")

    def without_inputs(self) -> Self:
        """Leave out what only the explanation of a state needs."""
        return self.defer("inputs")

    def of(self, record: models.Model) -> Self:
        """Everything that has been assessed about ``record``."""
        level = record._meta.model_name
        return self.filter(level=level, **{level: record})
