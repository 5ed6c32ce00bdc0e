from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goals.models import Amendment, Objective, Strategy
from portal.accounts.models import Owned
from portal.common.assessed import Assessed
from portal.common.fields import CodeField, CodeSortField, validate_texts
from portal.common.models import Publishable, PublishedStatus, Slugged, SlugHistory
from portal.common.models.base import (
    both_languages_when_public,
    scheduled_needs_time,
    slugs_unique,
    stay_in_strategy,
)

from ..querysets import MeasureQuerySet


class Measure(Assessed, Owned, Slugged, PublishedStatus, Publishable):
    """What the city does to reach an objective."""

    class Lifecycle(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("measure", "in force")
        REPLACED = "replaced", pgettext_lazy("measure", "replaced")
        MERGED = "merged", pgettext_lazy("measure", "merged")
        DISCONTINUED = "discontinued", pgettext_lazy("measure", "discontinued")

    public_parents = ("objective",)
    assessed_parent = "objective"
    decides_below = frozenset({"lifecycle"})

    strategy = models.ForeignKey(
        Strategy, on_delete=models.PROTECT, related_name="measures", editable=False, blank=True
    )
    objective = models.ForeignKey(
        Objective, verbose_name=_("objective"), on_delete=models.PROTECT, related_name="measures"
    )
    code = CodeField(_("code"))
    code_sort = CodeSortField()
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    source = models.URLField(_("source"), max_length=500, blank=True)
    partners = models.JSONField(
        _("partners"),
        default=list,
        blank=True,
        validators=[validate_texts],
        help_text=_("Codes of organisations or names."),
    )
    lifecycle = models.CharField(
        _("validity"), max_length=12, choices=Lifecycle, default=Lifecycle.ACTIVE
    )
    lifecycle_reason = models.TextField(_("reason for the change"), blank=True)
    amendment = models.ForeignKey(
        Amendment,
        verbose_name=_("amendment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
        help_text=_("The amendment of the strategy that replaced, merged or ended the measure."),
    )
    successors = models.ManyToManyField(
        "self",
        verbose_name=_("continued by"),
        symmetrical=False,
        blank=True,
        related_name="predecessors",
    )

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["code_sort"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="measure_code_unique"),
            *slugs_unique("measure", within="objective"),
            both_languages_when_public(
                "measure_published_in_both_languages",
                needed=("title", "slug"),
                paired=("description", "published_text", "lifecycle_reason"),
            ),
            scheduled_needs_time("measure_scheduled_has_time"),
            models.CheckConstraint(
                name="measure_ended_with_reason",
                condition=Q(lifecycle="active")
                | (Q(lifecycle_reason_sl__isnull=False) & ~Q(lifecycle_reason_sl="")),
                violation_error_message=_("A measure that is no longer in force needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title or ''}".strip()

    def clean(self) -> None:
        if self.objective_id:
            stay_in_strategy(self, self.objective)
        if self.amendment and self.amendment.strategy_id != self.strategy_id:
            raise ValidationError({"amendment": _("This amendment changes another strategy.")})

    def path(self, language: str) -> str:
        chain = (self.objective.goal, self.objective, self)
        return reverse("measures:detail", args=[record.slug_in(language) for record in chain])


class MeasureSlug(SlugHistory):
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="old_slugs")
