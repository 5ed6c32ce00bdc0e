from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goals.models import Goal, Objective, Strategy
from measures.models import Measure
from portal.common.models import Sampled
from portal.common.models.base import exactly_one
from portal.common.states import ProgressState

from ..querysets import AssessmentQuerySet
from .indicator import Indicator
from .override import Override


class Level(models.TextChoices):
    """What can be assessed, from above."""

    STRATEGY = "strategy", pgettext_lazy("level", "strategy")
    GOAL = "goal", pgettext_lazy("level", "goal")
    OBJECTIVE = "objective", pgettext_lazy("level", "objective")
    MEASURE = "measure", pgettext_lazy("level", "measure")
    INDICATOR = "indicator", pgettext_lazy("level", "indicator")


PARTS = (Level.GOAL, Level.OBJECTIVE, Level.MEASURE, Level.INDICATOR)


def _of(related: type[models.Model]) -> models.ForeignKey:
    return models.ForeignKey(
        related, null=True, blank=True, on_delete=models.CASCADE, related_name="assessments"
    )


class Assessment(Sampled):
    """How far a promise was from one moment until another, with all that led to it.

    Its content is never rewritten: when the state, a number or an input changes, ``valid_to`` is
    set and a new row begins. ``state`` is what is shown; ``computed_state`` what the rule says,
    which differs where a person has set another. ``fraction`` is the share done (1 is all, it may
    be more), ``expected`` the share that the rule expected on the day of ``valid_from``; both None
    where there is nothing to compute. ``inputs`` holds everything that the rule used, ``counts``
    (of a roll-up) how many children are in which state, ``leaves`` how many indicators stand below.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="assessments")
    level = models.CharField(max_length=10, choices=Level)
    goal = _of(Goal)
    objective = _of(Objective)
    measure = _of(Measure)
    indicator = _of(Indicator)
    state = models.CharField(_("state"), max_length=16, choices=ProgressState)
    computed_state = models.CharField(_("computed state"), max_length=16, choices=ProgressState)
    override = models.ForeignKey(
        Override, null=True, blank=True, on_delete=models.SET_NULL, related_name="assessments"
    )
    fraction = models.DecimalField(max_digits=13, decimal_places=6, null=True, blank=True)
    expected = models.DecimalField(max_digits=13, decimal_places=6, null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    criteria_version = models.CharField(max_length=20, blank=True)
    inputs = models.JSONField(default=dict)
    counts = models.JSONField(default=dict, blank=True)
    leaves = models.PositiveIntegerField(default=1)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-valid_from", "-pk"]
        indexes = [
            models.Index(fields=["strategy", "level", "valid_from"], name="assessment_in_time"),
        ]
        constraints = [
            models.CheckConstraint(
                name="assessment_has_one_subject",
                condition=(
                    Q(level=Level.STRATEGY) & Q(**{f"{part.value}__isnull": True for part in PARTS})
                )
                | (~Q(level=Level.STRATEGY) & exactly_one(*map(str, PARTS))),
            ),
            models.CheckConstraint(
                name="assessment_level_fits_subject",
                condition=reduce(
                    or_,
                    (Q(level=part) & Q(**{f"{part.value}__isnull": False}) for part in PARTS),
                    Q(level=Level.STRATEGY),
                ),
            ),
            models.CheckConstraint(
                name="assessment_valid_for_a_time",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
            *(
                models.UniqueConstraint(
                    fields=[level],
                    condition=Q(level=level, valid_to__isnull=True),
                    name=f"assessment_one_open_of_{level}",
                )
                for level in Level.values
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.get_level_display()}: {self.get_state_display()} ({self.valid_from:%Y-%m-%d})"
        )

    @property
    def subject_key(self) -> tuple[str, int]:
        """The level and key of what is assessed."""
        return self.level, getattr(self, f"{self.level}_id")

    @cached_property
    def progress_state(self) -> ProgressState:
        """The shown state as a member of the vocabulary."""
        return ProgressState(self.state)
