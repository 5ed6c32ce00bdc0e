from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goals.models import Goal, Objective, Strategy
from portal.accounts.models import Owned
from portal.common.fields import PartialDateField, validate_texts
from portal.common.models import Publishable, Sampled, Slugged, SlugHistory
from portal.common.models.base import (
    both_languages_when_public,
    scheduled_needs_time,
    slugs_unique,
)
from portal.common.outbox import enqueue
from portal.common.partial_dates import span_or_none

from ..querysets import ProjectQuerySet
from .measure import Measure


class Project(Owned, Slugged, Publishable):
    """A piece of work with a beginning and an end that serves goals, objectives or measures."""

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("project", "planned")
        IN_PROGRESS = "in_progress", pgettext_lazy("project", "in progress")
        COMPLETED = "completed", pgettext_lazy("project", "completed")
        STOPPED = "stopped", pgettext_lazy("project", "stopped")

    public_parents = ("strategy",)

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategy"), on_delete=models.PROTECT, related_name="projects"
    )
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    source = models.URLField(_("source"), max_length=500, blank=True)
    goals = models.ManyToManyField(
        Goal, verbose_name=_("goals"), blank=True, related_name="projects"
    )
    objectives = models.ManyToManyField(
        Objective, verbose_name=_("objectives"), blank=True, related_name="projects"
    )
    measures = models.ManyToManyField(
        Measure, verbose_name=_("measures"), blank=True, related_name="projects"
    )
    partners = models.JSONField(
        _("partners"),
        default=list,
        blank=True,
        validators=[validate_texts],
        help_text=_("Codes of organisations or names."),
    )
    published_on = models.DateField(_("published by the city on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, blank=True, default="")
    start = PartialDateField(_("start"))
    end = PartialDateField(_("end"))

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["title_sl", "pk"]
        constraints = [
            *slugs_unique("project", within="strategy"),
            both_languages_when_public(
                "project_published_in_both_languages",
                needed=("title", "slug"),
                paired=("summary",),
            ),
            scheduled_needs_time("project_scheduled_has_time"),
        ]

    def __str__(self) -> str:
        return self.title or ""

    def clean(self) -> None:
        start, end = span_or_none(self.start), span_or_none(self.end)
        if start and end and end.end < start.start:
            raise ValidationError({"end": _("The end comes before the start.")})

    def path(self, language: str) -> str:
        return reverse("measures:project-detail", args=[self.slug_in(language)])

    def after_write(self, *, changes: dict, at: datetime, deleted: bool) -> None:
        """Let its chart be drawn anew."""
        if not deleted:
            enqueue("charts", f"project:{self.pk}")


class ProjectSlug(SlugHistory):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="old_slugs")


class Milestone(Sampled):
    """A step of a project with the day it is due and the day it was done."""

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField(_("title"), max_length=300)
    due = PartialDateField(_("due"))
    due_on = models.DateField(null=True, blank=True, editable=False)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "title_sl"], name="milestone_title_unique_in_project"
            )
        ]

    def __str__(self) -> str:
        return self.title or ""

    def clean(self) -> None:
        due = span_or_none(self.due)
        self.due_on = due.end if due else None

    def after_write(self, *, changes: dict, at: datetime, deleted: bool) -> None:
        """Let the project's chart be drawn anew."""
        enqueue("charts", f"project:{self.project_id}")

    @classmethod
    def belongs_to_q(cls, organisations: set[int]) -> Q:
        return Q(project__organisation__in=organisations)
