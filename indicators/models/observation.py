from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.fields import MeasurementField
from portal.common.models import EvidenceDocument, Record, Sampled
from portal.common.models.document import one_document
from portal.common.partial_dates import parse_period, validate_period

from ..querysets import (
    FormerObservationQuerySet,
    ObservationEvidenceQuerySet,
    ObservationQuerySet,
)
from .indicator import Indicator, IndicatorPart


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
        """Keep the value that was known until now, and let the state be judged anew."""
        super().after_write(changes=changes, at=at, deleted=deleted)
        before = {name: pair[0] for name, pair in changes.items()}
        created = not deleted and changes.get("period", ("",))[0] is None
        news = deleted or changes.keys() & {"period", "value", "provisional", "indicator_id"}
        if not created and news:
            self._remember(before, at, deleted)
        if not deleted and news:
            self.recorded_at = at
            type(self).objects.filter(pk=self.pk).update(recorded_at=at)

    def _remember(self, before: dict[str, str], at: datetime, deleted: bool) -> None:
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
        if former.replaced_at > former.recorded_at:  # else nobody has ever seen it
            former.save()


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
