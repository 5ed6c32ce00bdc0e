from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.common.models import Record, Sampled

from .indicator import Indicator, IndicatorPart

SHARE = {
    "max_digits": 4,
    "decimal_places": 3,
    "validators": [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
}
MAX_DAYS = 3660


class CriteriaVersion(IndicatorPart, Sampled, Record):
    """When an indicator's state changes: the written rule that holds from a day on.

    Shares are of what was expected by then, from 0 to 1; days are whole days. A new version is a
    new row, so that the past keeps the rule it was judged by.
    """

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="criteria"
    )
    valid_from = models.DateField(_("valid from"))
    text = models.TextField(
        _("criteria for change"), help_text=_("When the state changes, in words for readers.")
    )
    at_risk_below = models.DecimalField(
        _("at risk below"),
        default=Decimal("0.8"),
        help_text=_("The share of the expected progress below which it is at risk: 0 to 1."),
        **SHARE,
    )
    behind_below = models.DecimalField(
        _("behind below"),
        default=Decimal("0.5"),
        help_text=_("The share of the expected progress below which it is behind: 0 to 1."),
        **SHARE,
    )
    unmoved_until = models.DecimalField(
        _("may stand still until"),
        default=Decimal("0.25"),
        help_text=_("The share of the way by which a first step must be seen: 0 to 1."),
        **SHARE,
    )
    grace_days = models.PositiveSmallIntegerField(
        _("days of grace"), default=30, validators=[MaxValueValidator(MAX_DAYS)]
    )
    stale_after_days = models.PositiveSmallIntegerField(
        _("stale after days"),
        default=90,
        validators=[MaxValueValidator(MAX_DAYS)],
        help_text=_("How many days beyond its rhythm a value may be late."),
    )

    class Meta:
        verbose_name = _("criteria for change")
        verbose_name_plural = _("criteria for change")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "valid_from"],
                name="criteria_version_once_per_day",
                violation_error_message=_("There are criteria from this day already."),
            ),
            models.CheckConstraint(
                name="criteria_version_shares_in_order",
                condition=Q(
                    behind_below__gte=0, at_risk_below__lte=1, behind_below__lte=F("at_risk_below")
                )
                & Q(unmoved_until__gte=0, unmoved_until__lte=1),
                violation_error_message=_(
                    "Shares lie between 0 and 1, and “behind” is not above “at risk”."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.text or ''}"[:100]

    @property
    def version(self) -> str:
        """The name under which assessments remember these criteria."""
        return self.valid_from.isoformat()
