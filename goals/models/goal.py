from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.common.assessed import Assessed
from portal.common.fields import CodeField, CodeSortField
from portal.common.models import Publishable, PublishedStatus, Slugged, SlugHistory
from portal.common.models.base import (
    both_languages_when_public,
    scheduled_needs_time,
    slugs_unique,
)
from portal.common.states import ContentState

from ..querysets import GoalQuerySet
from .preparation import FileItem
from .strategy import Strategy


class Goal(Assessed, Slugged, PublishedStatus, Publishable):
    """A strategic goal: the first level of what the city has promised."""

    public_parents = ("strategy",)
    assessed_parent = "strategy"

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategy"), on_delete=models.PROTECT, related_name="goals"
    )
    code = CodeField(_("code"))
    code_sort = CodeSortField()
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    source = models.URLField(_("source"), max_length=500, blank=True)
    content_state = models.CharField(
        _("published content"),
        max_length=10,
        choices=ContentState,
        default=ContentState.COMPLETE,
        help_text=_("How much of this goal the city has published so far."),
    )
    content_note = models.TextField(_("what is not published"), blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["code_sort"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="goal_code_unique"),
            *slugs_unique("goal", within="strategy"),
            both_languages_when_public(
                "goal_published_in_both_languages",
                needed=("title", "slug"),
                paired=("summary", "content_note", "published_text"),
            ),
            scheduled_needs_time("goal_scheduled_has_time"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title or ''}".strip()

    def path(self, language: str) -> str:
        return reverse("goals:detail", args=[self.slug_in(language)])


class GoalSlug(SlugHistory):
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="old_slugs")


class Commitment(FileItem):
    """Something a goal promises in words, without an objective or a measure of its own yet."""

    goal = models.ForeignKey(
        Goal, verbose_name=_("goal"), on_delete=models.CASCADE, related_name="commitments"
    )
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return (self.text or "")[:100]
