from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.fields import MeasurementField
from portal.common.models import EvidenceDocument, Record, Sampled
from portal.common.models.document import one_document
from portal.common.outbox import enqueue_many
from portal.common.partial_dates import parse_period, validate_period

from ..querysets import (
    FormerObservationQuerySet,
    ObservationEvidenceQuerySet,
    ObservationQuerySet,
)
from .indicator import Indicator, IndicatorPart

# A change of any of these makes a value another one.
_NEWS = {"period", "value", "provisional", "indicator_id"}


class Measured(IndicatorPart, Sampled):
    """A value of one period: a year, a quarter, a month or a day."""

    period = models.CharField(
        _("period"),
        max_length=10,
        validators=[validate_period],
        help_text=_("A year, a quarter, a month or a day: 2024, 2024-Q3, 2024-09, 2024-09-30."),
    )
    period_start = models.DateField(editable=False, blank=True)
    period_end = models.DateField(editable=False, blank=True)
    value = MeasurementField(_("value"))
    provisional = models.BooleanField(_("provisional"), default=False)
    recorded_at = models.DateTimeField(
        _("known since"), default=timezone.now, editable=False, db_index=True
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.period}: {self.value}"

    def place_in_time(self) -> bool:
        """Set the days that ``period`` means; False for a faulty one."""
        try:
            span = parse_period(self.period)
        except ValueError:
            return False
        self.period_start, self.period_end = span.start, span.end
        return True


class Observation(Measured, Record):
    """A measured value as it is known now; ``recorded_at`` is since when."""

    kept_by_services = ("recorded_at",)

    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        on_delete=models.CASCADE,
        related_name="observations",
    )
    source = models.CharField(_("source"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["-period_end", "period_start"]
        indexes = [
            models.Index(
                fields=["indicator", "-period_end", "period_start"], name="observation_latest"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"],
                name="observation_once_per_period",
                violation_error_message=_("There is a value for this period already."),
            ),
            models.CheckConstraint(
                name="observation_period_in_order",
                condition=Q(period_end__gte=F("period_start")),
            ),
        ]

    def clean(self) -> None:
        if not self.place_in_time():
            return  # the field's own validator has said so
        today = timezone.localdate()
        if self.period_start > today:
            raise ValidationError({"period": _("This period has not begun yet.")})
        if self.period_end > today and not self.provisional:
            text = _("This period is not over yet; mark its value as provisional.")
            raise ValidationError({"provisional": text})

    def after_write(self, *, changes: dict, at: datetime, deleted: bool) -> None:
        self.after_writes([(self, changes)], at=at, deleted=deleted)

    @classmethod
    def after_writes(
        cls, written: Sequence[tuple[Self, dict]], *, at: datetime, deleted: bool = False
    ) -> None:
        """Keep the values that were known until now, and let the states be judged anew."""
        keys = {key for record, changes in written for key in record.keys_to_judge(changes)}
        enqueue_many("progress", sorted(keys))
        news = [pair for pair in written if deleted or pair[1].keys() & _NEWS]
        formers = (record.former(changes, at, deleted) for record, changes in news)
        FormerObservation.objects.bulk_create([former for former in formers if former])
        if not deleted:
            for record, _changes in news:
                record.recorded_at = at
            known = [record.pk for record, _changes in news]
            cls.objects.filter(pk__in=known).update(recorded_at=at)

    def former(self, changes: dict, at: datetime, deleted: bool) -> "FormerObservation | None":
        """Return the value that ``changes`` replace, not saved; None if nobody has ever seen it."""
        before = {name: pair[0] for name, pair in changes.items()}
        if not deleted and before.get("period", "") is None:
            return None  # this value is the first
        outcomes = FormerObservation.Outcome
        former = FormerObservation(
            indicator_id=before.get("indicator_id") or self.indicator_id,
            period=before.get("period") or self.period,
            value=Decimal(before.get("value") or self.value),
            provisional=(
                before["provisional"] == "True" if "provisional" in before else self.provisional
            ),
            recorded_at=self.recorded_at,
            replaced_at=at,
            outcome=outcomes.DELETED if deleted else outcomes.CORRECTED,
            is_sample=self.is_sample,
        )
        former.place_in_time()
        return former if former.replaced_at > former.recorded_at else None


class FormerObservation(Measured):
    """A value as it was known for a time, before it was corrected or deleted."""

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", pgettext_lazy("observation", "corrected")
        DELETED = "deleted", pgettext_lazy("observation", "withdrawn")

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="former_observations"
    )
    replaced_at = models.DateTimeField(_("known until"))
    outcome = models.CharField(_("what became of it"), max_length=10, choices=Outcome)

    objects = FormerObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("former value")
        verbose_name_plural = _("former values")
        ordering = ["-period_end", "-replaced_at"]
        constraints = [
            models.CheckConstraint(
                name="former_observation_known_for_a_time",
                condition=Q(replaced_at__gt=F("recorded_at")),
            ),
        ]


class ObservationEvidence(EvidenceDocument):
    """A document that shows where a measured value comes from."""

    kind = "value"

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="evidence")

    objects = ObservationEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of a value")
        verbose_name_plural = _("evidence of values")
        ordering = ["pk"]
        constraints = [one_document("observation_evidence_is_one_document")]

    @classmethod
    def belongs_to_q(cls, organisations: set[int]) -> Q:
        return Indicator.belongs_to_q(organisations, prefix="observation__indicator__")
