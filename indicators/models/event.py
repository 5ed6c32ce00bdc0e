from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.models import Record, Sampled

from .indicator import Indicator, IndicatorPart


class ExternalEvent(IndicatorPart, Sampled, Record):
    """Something that happens outside and after which a promise falls due."""

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="events"
    )
    happened_on = models.DateField(_("happened on"))
    title = models.CharField(_("what happened"), max_length=200)

    class Meta:
        verbose_name = _("external event")
        verbose_name_plural = _("external events")
        ordering = ["-happened_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "happened_on"], name="external_event_once_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.happened_on}: {self.title or ''}"
