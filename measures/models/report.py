from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.models import EvidenceDocument, Publishable, Sampled
from portal.common.models.base import exactly_one, scheduled_needs_time
from portal.common.models.document import one_document
from portal.common.states import PublishedState

from ..querysets import EvidenceQuerySet, ProgressReportQuerySet
from .measure import Measure
from .project import Project


class ProgressReport(Sampled, Publishable):
    """What the responsible office says about progress on a day, in one language or both.

    A report in one language is shown as such: its page in the other language says so and links to
    the original.
    """

    public_parents = ("measure", "project")

    measure = models.ForeignKey(
        Measure,
        verbose_name=_("measure"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reports",
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="reports",
    )
    date = models.DateField(_("date"))
    text = models.TextField(_("text"), blank=True)
    claimed_state = models.CharField(
        _("claimed status"), max_length=16, choices=PublishedState, blank=True, default=""
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="progress_report_has_one_subject",
                condition=exactly_one("measure", "project"),
            ),
            models.CheckConstraint(
                name="progress_report_has_text",
                condition=(Q(text_sl__isnull=False) & ~Q(text_sl=""))
                | (Q(text_en__isnull=False) & ~Q(text_en="")),
                violation_error_message=_("A report needs a text in at least one language."),
            ),
            scheduled_needs_time("progress_report_scheduled_has_time"),
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.text or ''}"[:100]

    @classmethod
    def belongs_to_q(cls, organisations: set[int]) -> Q:
        return Q(measure__organisation__in=organisations) | Q(
            project__organisation__in=organisations
        )


class Evidence(EvidenceDocument):
    """A document that shows what a progress report says."""

    kind = "report"

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="evidence")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [one_document("evidence_is_one_document")]

    @classmethod
    def belongs_to_q(cls, organisations: set[int]) -> Q:
        return Q(report__measure__organisation__in=organisations) | Q(
            report__project__organisation__in=organisations
        )
