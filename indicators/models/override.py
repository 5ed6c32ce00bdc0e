from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.models import Goal, Objective
from measures.models import Measure
from portal.common.models import Record, Sampled
from portal.common.models.base import exactly_one, filled_everywhere
from portal.common.outbox import enqueue
from portal.common.states import ProgressState

from .indicator import Indicator

LONGEST_DAYS = 366


class OverrideQuerySet(models.QuerySet):
    def in_force(self, on: date | None = None):
        """Those that replace a computed state on a day, the latest first."""
        on = on or timezone.localdate()
        return self.filter(starts_on__lte=on, expires_on__gte=on, withdrawn_at=None)


class Override(Sampled, Record):
    """A state that a person has set in place of the computed one, for a time and for a reason."""

    SUBJECTS = ("goal", "objective", "measure", "indicator")

    goal = models.ForeignKey(
        Goal,
        verbose_name=_("goal"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="overrides",
    )
    objective = models.ForeignKey(
        Objective,
        verbose_name=_("objective"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="overrides",
    )
    measure = models.ForeignKey(
        Measure,
        verbose_name=_("measure"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="overrides",
    )
    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="overrides",
    )
    state = models.CharField(_("state"), max_length=16, choices=ProgressState)
    reason = models.TextField(_("reason"), help_text=_("Shown to everybody, in both languages."))
    name = models.CharField(
        _("name"), max_length=120, help_text=_("Who answers for this state; shown to everybody.")
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    expires_on = models.DateField(_("until"), help_text=_("At most a year; then set it anew."))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("state set by a person")
        verbose_name_plural = _("states set by a person")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="override_has_one_subject",
                condition=exactly_one("goal", "objective", "measure", "indicator"),
                violation_error_message=_(
                    "A state is set for exactly one goal, objective, measure or indicator."
                ),
            ),
            models.CheckConstraint(
                name="override_ends_after_it_starts", condition=Q(expires_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="override_explained_in_both_languages",
                condition=filled_everywhere("reason") & ~Q(name=""),
                violation_error_message=_("A state needs its reason in both languages and a name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} ({self.starts_on} – {self.expires_on})"

    @property
    def subject(self) -> models.Model:
        return next(filter(None, (getattr(self, name) for name in self.SUBJECTS)))

    def is_in_force(self, on: date | None = None) -> bool:
        """Say whether it replaces the computed state on a day (today)."""
        on = on or timezone.localdate()
        return self.withdrawn_at is None and self.starts_on <= on <= self.expires_on

    def clean(self) -> None:
        if self.starts_on and self.expires_on:
            if self.expires_on < self.starts_on:
                raise ValidationError({"expires_on": _("The end comes before the start.")})
            if (self.expires_on - self.starts_on).days > LONGEST_DAYS:
                raise ValidationError({"expires_on": _("A state can be set for at most a year.")})

    def after_write(self, *, changes: dict, at: datetime, deleted: bool) -> None:
        """Let the state be judged anew, also of what it was set for before."""
        for name in self.SUBJECTS:
            before, _now = changes.get(f"{name}_id", (None, None))
            for key in {before, getattr(self, f"{name}_id")} - {None}:
                enqueue("progress", f"{name}:{key}")

    @classmethod
    def belongs_to_q(cls, organisations: set[int]) -> Q:
        return Q(measure__organisation__in=organisations) | Indicator.belongs_to_q(
            organisations, prefix="indicator__"
        )
