from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.common.assessed import Assessed
from portal.common.fields import CodeField, CodeSortField, MeasurementField, PartialDateField
from portal.common.models import Publishable, PublishedStatus, Slugged, SlugHistory
from portal.common.models.base import (
    both_languages_when_public,
    scheduled_needs_time,
    slugs_unique,
    stay_in_strategy,
)

from ..querysets import ObjectiveQuerySet
from .goal import Goal
from .preparation import FileItem
from .strategy import Strategy


class Objective(Assessed, Slugged, PublishedStatus, Publishable):
    """A specific objective of a goal, reached through its measures."""

    public_parents = ("goal",)
    assessed_parent = "goal"

    strategy = models.ForeignKey(
        Strategy, on_delete=models.PROTECT, related_name="objectives", editable=False, blank=True
    )
    goal = models.ForeignKey(
        Goal, verbose_name=_("goal"), on_delete=models.PROTECT, related_name="objectives"
    )
    code = CodeField(_("code"))
    code_sort = CodeSortField()
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    source = models.URLField(_("source"), max_length=500, blank=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["code_sort"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="objective_code_unique"),
            *slugs_unique("objective", within="goal"),
            both_languages_when_public(
                "objective_published_in_both_languages",
                needed=("title", "slug"),
                paired=("summary", "published_text"),
            ),
            scheduled_needs_time("objective_scheduled_has_time"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title or ''}".strip()

    def clean(self) -> None:
        if self.goal_id:
            stay_in_strategy(self, self.goal)

    def path(self, language: str) -> str:
        slugs = [record.slug_in(language) for record in (self.goal, self)]
        return reverse("goals:objective-detail", args=slugs)


class ObjectiveSlug(SlugHistory):
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="old_slugs")


class Fact(FileItem):
    """A published figure that explains why an objective matters; not a measurement of progress."""

    objective = models.ForeignKey(
        Objective, verbose_name=_("objective"), on_delete=models.CASCADE, related_name="facts"
    )
    text = models.TextField(_("text"))
    value = MeasurementField(_("value"))
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    date = PartialDateField(_("date"))

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return (self.text or "")[:100]
