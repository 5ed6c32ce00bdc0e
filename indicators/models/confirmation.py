from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from measures.models import Measure, Project
from portal.common.models import Record, Sampled
from portal.common.models.base import exactly_one
from portal.common.outbox import enqueue

from .indicator import Indicator


class Confirmation(Sampled, Record):
    """The owner's word that nothing has changed in this period, and a sentence why.

    The sentence may be in one language; it is shown with its own ``lang``.
    """

    SUBJECTS = ("measure", "project", "indicator")

    measure = models.ForeignKey(
        Measure, null=True, blank=True, on_delete=models.CASCADE, related_name="confirmations"
    )
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.CASCADE, related_name="confirmations"
    )
    indicator = models.ForeignKey(
        Indicator, null=True, blank=True, on_delete=models.CASCADE, related_name="confirmations"
    )
    on = models.DateField(_("confirmed on"), default=timezone.localdate)
    sentence = models.CharField(_("what has been checked"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        verbose_name = _("confirmation without a change")
        verbose_name_plural = _("confirmations without a change")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="confirmation_has_one_subject",
                condition=exactly_one("measure", "project", "indicator"),
            ),
            models.CheckConstraint(
                name="confirmation_has_a_sentence",
                condition=(Q(sentence_sl__isnull=False) & ~Q(sentence_sl=""))
                | (Q(sentence_en__isnull=False) & ~Q(sentence_en="")),
                violation_error_message=_("Say in a sentence what has been checked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.sentence or ''}"[:100]

    @property
    def subject(self) -> models.Model:
        return self.measure or self.project or self.indicator

    def after_write(self, *, changes: dict, at: datetime, deleted: bool) -> None:
        if self.indicator_id:
            enqueue("progress", f"indicator:{self.indicator_id}")

    @classmethod
    def belongs_to_q(cls, organisations: set[int]) -> Q:
        of_work = Q(measure__organisation__in=organisations) | Q(
            project__organisation__in=organisations
        )
        return of_work | Indicator.belongs_to_q(organisations, prefix="indicator__")
