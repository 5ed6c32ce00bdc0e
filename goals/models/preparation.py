from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.fields import PartialDateField
from portal.common.partial_dates import parse_partial_date

from .strategy import Strategy


class FileItem(models.Model):
    """A line of a list without codes of its own; ``in_file`` marks those of the strategy file."""

    source = models.URLField(_("source"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    in_file = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True


class StrategyItem(FileItem):
    """A value, a principle, or who and how took part in preparing the strategy."""

    class Kind(models.TextChoices):
        VALUE = "value", pgettext_lazy("strategy", "value")
        PRINCIPLE = "principle", pgettext_lazy("strategy", "principle")
        PREPARED_BY = "prepared_by", pgettext_lazy("strategy", "prepared by")
        STAKEHOLDER = "stakeholder", pgettext_lazy("strategy", "stakeholder")
        METHOD = "method", pgettext_lazy("strategy", "method of preparation")

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategy"), on_delete=models.CASCADE, related_name="items"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=300)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("value, principle or participant")
        verbose_name_plural = _("values, principles and participants")
        ordering = ["kind", "position", "pk"]

    def __str__(self) -> str:
        return self.name or ""


class PreparationEventQuerySet(models.QuerySet):
    def in_order(self) -> list["PreparationEvent"]:
        """Earliest first; what is known to the year only stands after the days of that year."""
        return sorted(self, key=lambda event: (parse_partial_date(event.date).end, event.position))


class PreparationEvent(FileItem):
    """A dated step in the preparation of the strategy."""

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategy"), on_delete=models.CASCADE, related_name="timeline"
    )
    date = PartialDateField(_("date"), blank=False)
    text = models.TextField(_("text"))

    objects = PreparationEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of preparation")
        verbose_name_plural = _("steps of preparation")
        ordering = ["date", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.date}: {self.text or ''}"[:100]
