from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.common.fields import MeasurementField, PartialDateField
from portal.common.partial_dates import span_or_none
from portal.common.wording import number

from .indicator import Indicator, IndicatorPart


class Target(IndicatorPart):
    """What an indicator should reach: a value or range, by a day or in every period, or words."""

    class Operator(models.TextChoices):
        AT_LEAST = "at_least", pgettext_lazy("target", "at least")
        AT_MOST = "at_most", pgettext_lazy("target", "at most")
        EXACTLY = "exactly", pgettext_lazy("target", "exactly")
        BETWEEN = "between", pgettext_lazy("target", "between")
        WORDS = "words", pgettext_lazy("target", "in words only")

    class Per(models.TextChoices):
        MONTH = "month", pgettext_lazy("target", "every month")
        YEAR = "year", pgettext_lazy("target", "every year")
        EVEN_YEAR = "even_year", pgettext_lazy("target", "every even year")
        TWO_YEARS = "two_years", pgettext_lazy("target", "every two years")
        EVENT = "event", pgettext_lazy("target", "after each event")
        ORGANISATION = "organisation", pgettext_lazy("target", "in each organisation")

    class Precision(models.TextChoices):
        DAY = "day", pgettext_lazy("precision", "day")
        MONTH = "month", pgettext_lazy("precision", "month")
        YEAR = "year", pgettext_lazy("precision", "year")

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="targets"
    )
    operator = models.CharField(_("operator"), max_length=10, choices=Operator)
    value = MeasurementField(_("value"), null=True, blank=True)
    value_high = MeasurementField(_("upper value"), null=True, blank=True)
    per = models.CharField(_("for each"), max_length=12, choices=Per, blank=True, default="")
    event = models.CharField(_("event"), max_length=200, blank=True)
    units = models.PositiveIntegerField(
        _("number of organisations"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many organisations must keep it, where it counts in each of them."),
    )
    by = PartialDateField(_("by"), help_text=_("A year, a month or a day."))
    by_precision = models.CharField(
        _("precision of the date"), max_length=5, choices=Precision, blank=True, default=""
    )
    due_on = models.DateField(null=True, blank=True, editable=False)
    text = models.CharField(_("published wording"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="target_value_fits_operator",
                condition=Q(operator="words", value__isnull=True, value_high__isnull=True)
                | Q(
                    operator="between",
                    value__isnull=False,
                    value_high__isnull=False,
                    value_high__gte=F("value"),
                )
                | Q(
                    operator__in=["at_least", "at_most", "exactly"],
                    value__isnull=False,
                    value_high__isnull=True,
                ),
                violation_error_message=_(
                    "A range needs two values in order, a target in words none, any other one."
                ),
            ),
            models.CheckConstraint(
                name="target_units_for_organisations_only",
                condition=Q(units__isnull=True) | Q(per="organisation", units__gte=1),
                violation_error_message=_(
                    "A number of organisations belongs to a target in each organisation."
                ),
            ),
            models.UniqueConstraint(
                fields=["indicator", "by"],
                name="target_once_per_date",
                violation_error_message=_("There is a target for this date already."),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The published wording, else one of our own: ``at least 250, every year``."""
        if self.text:
            return self.text
        parts = [self.amount_words, self._repetition(), self.by_words]
        return ", ".join(part for part in parts if part)

    @property
    def amount_words(self) -> str:
        """What is asked for, without when: ``at least 250``, ``20–30``."""
        if self.value is None:
            return ""
        if self.operator == self.Operator.BETWEEN:
            return f"{number(self.value)}–{number(self.value_high)}"
        return f"{self.get_operator_display()} {number(self.value)}"

    def _repetition(self) -> str:
        return f"{self.get_per_display()} ({self.event})" if self.event else self.get_per_display()

    @property
    def by_words(self) -> str:
        """The deadline as the city has published it: only to the year, if so."""
        if not self.due_on:
            return ""
        if self.by_precision == self.Precision.YEAR:
            return gettext("by the end of %(year)s") % {"year": self.due_on.year}
        if self.by_precision == self.Precision.MONTH:
            month = date_format(self.due_on, "E Y")  # inflected: “do konca junija 2026”
            return gettext("by the end of %(month)s") % {"month": month}
        return gettext("by %(day)s") % {"day": date_format(self.due_on, "DATE_FORMAT")}

    def clean(self) -> None:
        by = span_or_none(self.by)
        self.due_on = by.end if by else None
        self.by_precision = (self.by_precision or by.precision) if by else ""
        if self.operator == self.Operator.BETWEEN and self.value_high is None:
            raise ValidationError({"value_high": _("A range needs its upper value.")})
