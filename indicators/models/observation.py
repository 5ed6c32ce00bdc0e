from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.common.fields import MeasurementField
from portal.common.models import Record
from portal.common.partial_dates import parse_period, validate_period

from .indicator import Indicator


class Observation(Record):
    """A measured value of one period: a year, a quarter, a month or a day."""

    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        on_delete=models.CASCADE,
        related_name="observations",
    )
    period = models.CharField(
        _("period"),
        max_length=10,
        validators=[validate_period],
        help_text=_("A year, a quarter, a month or a day: 2024, 2024-Q3, 2024-09, 2024-09-30."),
    )
    period_start = models.DateField(editable=False, blank=True)
    period_end = models.DateField(editable=False, blank=True)
    value = MeasurementField(_("value"))
    source = models.CharField(_("source"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["-period_end", "-period_start"]
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

    def __str__(self) -> str:
        return f"{self.period}: {self.value}"

    def clean(self) -> None:
        try:
            span = parse_period(self.period)
        except ValueError:
            return  # the field's own validator has said so
        self.period_start, self.period_end = span.start, span.end

    @classmethod
    def belongs_to_q(cls, organisations: set[int]) -> Q:
        own = Q(indicator__organisation__in=organisations)
        return own | Q(
            indicator__organisation__isnull=True,
            indicator__measure__organisation__in=organisations,
        )
