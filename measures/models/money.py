from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.fields import MoneyField
from portal.common.models import Sampled
from portal.common.models.base import exactly_one

from .measure import Measure
from .project import Project


class BudgetLine(Sampled):
    """Money of one year from one source, in whole cents; unknown is not zero."""

    measure = models.ForeignKey(
        Measure,
        verbose_name=_("measure"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="budget",
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="budget",
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    planned = MoneyField(pgettext_lazy("money", "planned"))
    committed = MoneyField(pgettext_lazy("money", "committed"))
    spent = MoneyField(pgettext_lazy("money", "spent"))
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["year", "source"]
        constraints = [
            models.CheckConstraint(
                name="budget_line_has_one_subject",
                condition=exactly_one("measure", "project"),
            ),
            models.UniqueConstraint(
                fields=["measure", "year", "source"],
                condition=Q(measure__isnull=False),
                name="budget_line_measure_year_source",
                violation_error_message=_("There is a line for this year and source already."),
            ),
            models.UniqueConstraint(
                fields=["project", "year", "source"],
                condition=Q(project__isnull=False),
                name="budget_line_project_year_source",
                violation_error_message=_("There is a line for this year and source already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @classmethod
    def belongs_to_q(cls, organisations: set[int]) -> Q:
        return Q(measure__organisation__in=organisations) | Q(
            project__organisation__in=organisations
        )
