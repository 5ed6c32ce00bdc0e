from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goals.models import Goal, Objective, Strategy
from measures.models import Measure
from portal.accounts.models import Owned
from portal.common.assessed import WithProgress
from portal.common.fields import CodeField, CodeSortField, MeasurementField, PartialDateField
from portal.common.models import Publishable, Slugged, SlugHistory
from portal.common.models.base import (
    both_languages_when_public,
    exactly_one,
    scheduled_needs_time,
    slugs_unique,
    stay_in_strategy,
)
from portal.common.outbox import enqueue

from ..querysets import IndicatorQuerySet


class Indicator(WithProgress, Owned, Slugged, Publishable):
    """How one can tell whether a measure, an objective or a goal is reached.

    The baseline is the state from which a target counts: a value, a day (or month or year) and
    where it is published. Unknown is empty, never zero.
    """

    class Kind(models.TextChoices):
        COUNT = "count", pgettext_lazy("indicator", "count")
        PERCENTAGE = "percentage", pgettext_lazy("indicator", "percentage")
        BINARY = "binary", pgettext_lazy("indicator", "yes or no")
        MILESTONE = "milestone", pgettext_lazy("indicator", "milestone")
        RECURRING = "recurring", pgettext_lazy("indicator", "recurring obligation")

    class Direction(models.TextChoices):
        INCREASE = "increase", pgettext_lazy("indicator", "more is better")
        DECREASE = "decrease", pgettext_lazy("indicator", "less is better")
        KEEP = "keep", pgettext_lazy("indicator", "stay within the range")

    class Accumulation(models.TextChoices):
        BY_KIND = "", pgettext_lazy("indicator", "as its kind is usually counted")
        LATEST = "latest", pgettext_lazy("indicator", "the latest value tells the whole")
        SUM = "sum", pgettext_lazy("indicator", "the values of all periods add up")

    class Availability(models.TextChoices):
        MEASURED = "measured", pgettext_lazy("indicator", "can be measured")
        NOT_MEASURABLE = "not_measurable", pgettext_lazy("indicator", "cannot be measured")
        DISCONTINUED = "discontinued", pgettext_lazy("indicator", "no longer pursued")

    public_parents = ("goal", "objective", "measure")

    strategy = models.ForeignKey(
        Strategy, on_delete=models.PROTECT, related_name="indicators", editable=False, blank=True
    )
    goal = models.ForeignKey(
        Goal,
        verbose_name=_("goal"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
    )
    objective = models.ForeignKey(
        Objective,
        verbose_name=_("objective"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
    )
    measure = models.ForeignKey(
        Measure,
        verbose_name=_("measure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
    )
    code = CodeField(_("code"))
    code_sort = CodeSortField()
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction, default=Direction.INCREASE
    )
    accumulation = models.CharField(
        _("how values add up"),
        max_length=8,
        choices=Accumulation,
        blank=True,
        default=Accumulation.BY_KIND,
        help_text=_(
            "Usually numbers of a promise for each year or month add up within it; all others do "
            "not."
        ),
    )
    availability = models.CharField(
        _("can it be measured"),
        max_length=16,
        choices=Availability,
        default=Availability.MEASURED,
    )
    availability_reason = models.TextField(_("why it is not measured"), blank=True)
    note = models.TextField(_("note"), blank=True)
    baseline_value = MeasurementField(_("baseline"), null=True, blank=True)
    baseline_date = PartialDateField(_("baseline as of"))
    baseline_source = models.CharField(_("source of the baseline"), max_length=500, blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["code_sort"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="indicator_code_unique"),
            *slugs_unique("indicator", within="strategy"),
            models.CheckConstraint(
                name="indicator_has_one_parent",
                condition=exactly_one("goal", "objective", "measure"),
                violation_error_message=_(
                    "An indicator belongs to exactly one goal, objective or measure."
                ),
            ),
            both_languages_when_public(
                "indicator_published_in_both_languages",
                needed=("name", "slug"),
                paired=("unit", "note", "availability_reason"),
            ),
            models.CheckConstraint(
                name="indicator_not_measured_with_reason",
                condition=Q(availability="measured")
                | (Q(availability_reason_sl__isnull=False) & ~Q(availability_reason_sl="")),
                violation_error_message=_("Say why the indicator is not measured."),
            ),
            scheduled_needs_time("indicator_scheduled_has_time"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name or ''}".strip()

    @property
    def parent(self) -> Goal | Objective | Measure:
        """The promise that this indicator measures."""
        return self.measure or self.objective or self.goal

    @property
    def parent_key(self) -> tuple[str, int]:
        """The level and key of the promise that this indicator measures, without reading it."""
        keys = ((name, getattr(self, f"{name}_id")) for name in self.public_parents)
        return next((name, key) for name, key in keys if key)

    @property
    def responsible(self):
        """The organisation that delivers the data: its own, else that of the measure; or None."""
        return self.organisation or (self.measure.organisation if self.measure_id else None)

    @property
    def goal_above(self) -> Goal:
        """The goal that this indicator serves in the end."""
        if self.measure:
            return self.measure.objective.goal
        return self.objective.goal if self.objective else self.goal

    @property
    def is_numeric(self) -> bool:
        """Say whether its values are numbers that grow or shrink (not yes or no, done or not)."""
        return self.kind in (self.Kind.COUNT, self.Kind.PERCENTAGE)

    @property
    def known_observations(self) -> list:
        """The values that were known at the moment asked for, the latest first.

        Of two periods that end together the longer one comes first.
        """
        replaced = getattr(self, "replaced_since", ())
        known = [*self.observations.all(), *replaced]
        if replaced:
            known.sort(key=lambda seen: (-seen.period_end.toordinal(), seen.period_start))
        return known

    @property
    def latest(self):
        """The value of the latest period that was known, or None; lists bring it along."""
        known = self.__dict__.get("newest_rows")
        if known is None:
            return next(iter(self.known_observations), None)
        return max(known, key=lambda o: (o.period_end, o.period_end - o.period_start), default=None)

    @property
    def has_target_value(self) -> bool:
        """Say whether a number is to be reached, not words only."""
        return any(target.value is not None for target in self.targets.all())

    def next_due(self, today: date):
        """Return the target that falls due next, else the one that fell due last, or None."""
        dated = [target for target in self.targets.all() if target.due_on]
        upcoming = [target for target in dated if target.due_on >= today]
        return (upcoming or dated[-1:] or [None])[0]

    @property
    def last_dated_target(self):
        """The target of the last published deadline, or None where no day is published."""
        dated = [target for target in self.targets.all() if target.due_on]
        return dated[-1] if dated else None

    @property
    def target_text(self) -> str:
        """The next target in words, for lists."""
        target = self.next_due(timezone.localdate()) or next(iter(self.targets.all()), None)
        return target.words if target else ""

    def clean(self) -> None:
        parents = [p for p in (self.goal, self.objective, self.measure) if p is not None]
        if len(parents) != 1:
            raise ValidationError(
                _("An indicator belongs to exactly one goal, objective or measure.")
            )
        stay_in_strategy(self, parents[0])

    def path(self, language: str) -> str:
        return reverse("indicators:detail", args=[self.slug_in(language)])

    @classmethod
    def belongs_to_q(cls, organisations: set[int], prefix: str = "") -> Q:
        """Its own organisation decides; without one, that of its measure."""
        own = Q(**{f"{prefix}organisation__in": organisations})
        return own | Q(
            **{
                f"{prefix}organisation__isnull": True,
                f"{prefix}measure__organisation__in": organisations,
            }
        )

    def after_write(self, *, changes: dict, at: datetime, deleted: bool) -> None:
        """Let progress be judged anew: here, where it belongs, and where it belonged before."""
        if not deleted:
            enqueue("progress", f"indicator:{self.pk}")
        for name in self.public_parents:
            before, now = changes.get(f"{name}_id", (None, None))
            for key in {before, now, getattr(self, f"{name}_id")} - {None}:
                enqueue("progress", f"{name}:{key}")


class IndicatorPart(models.Model):
    """What an indicator is made of: every change of it may change the indicator's state."""

    class Meta:
        abstract = True

    def after_write(self, *, changes: dict, at: datetime, deleted: bool) -> None:
        for key in self.keys_to_judge(changes):
            enqueue("progress", key)

    def keys_to_judge(self, changes: dict) -> set[str]:
        """Return the outbox keys of the indicator, and of the one it belonged to before."""
        before, _now = changes.get("indicator_id", (None, None))
        return {f"indicator:{key}" for key in {str(self.indicator_id), before} - {None}}

    @classmethod
    def belongs_to_q(cls, organisations: set[int]) -> Q:
        return Indicator.belongs_to_q(organisations, prefix="indicator__")


class IndicatorSlug(SlugHistory):
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="old_slugs")
