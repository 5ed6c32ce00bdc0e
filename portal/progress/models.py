from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChartQuerySet(models.QuerySet):
    def of(self, *subjects: str, language: str) -> "ChartQuerySet":
        """The charts of some subjects (``indicator:12``) in one language."""
        return self.filter(subject__in=subjects, language=language)


class Chart(models.Model):
    """A picture of numbers, drawn by the worker; the page shows the table until it is there.

    ``svg`` takes its colours from the page (``var(--token)``); ``digest`` names what it was drawn
    from, so that it is drawn again when that changes; ``finding`` says in words what one sees.
    """

    class Size(models.TextChoices):
        WIDE = "wide", pgettext_lazy("chart", "wide")
        NARROW = "narrow", pgettext_lazy("chart", "narrow")

    subject = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    size = models.CharField(max_length=6, choices=Size)
    digest = models.CharField(max_length=64)
    svg = models.TextField()
    finding = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)
    rendered_at = models.DateTimeField()

    objects = ChartQuerySet.as_manager()

    class Meta:
        verbose_name = _("chart")
        verbose_name_plural = _("charts")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind", "language", "size"], name="chart_once_per_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind} {self.language} {self.size}"


class Cursor(models.Model):
    """Where a job that goes round everything has got to."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.position}"
