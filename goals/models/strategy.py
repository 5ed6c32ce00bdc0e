from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.common.assessed import Assessed
from portal.common.fields import CodeField, PartialDateField, validate_web_addresses
from portal.common.models import Publishable, Record, Slugged
from portal.common.models.base import both_languages_when_public, scheduled_needs_time

from ..querysets import StrategyQuerySet


class Strategy(Assessed, Slugged, Publishable):
    """A city's strategy: the tree of promises that the site publishes."""

    decides_below = frozenset({"period_start", "period_end"})

    code = CodeField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300)
    municipality = models.CharField(_("municipality"), max_length=200)
    vision = models.TextField(_("vision"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    period_start = PartialDateField(_("valid from"))
    period_end = PartialDateField(_("valid to"))
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adoption_session = models.CharField(_("council session"), max_length=200, blank=True)
    adoption_document = models.URLField(_("adopted document"), max_length=500, blank=True)
    sources = models.JSONField(
        _("sources"), default=list, blank=True, validators=[validate_web_addresses]
    )
    is_current = models.BooleanField(
        _("shown on the site"),
        default=False,
        help_text=_("The site shows one strategy at a time."),
    )

    objects = StrategyQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["-is_current", "code"]
        constraints = [
            both_languages_when_public(
                "strategy_published_in_both_languages",
                needed=("title", "municipality", "slug"),
                paired=("vision", "summary"),
            ),
            scheduled_needs_time("strategy_scheduled_has_time"),
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="strategy_one_current",
                violation_error_message=_("Another strategy is shown on the site."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.code

    def path(self, language: str) -> str:
        return reverse("pages:about")


class Amendment(Record):
    """A change of the strategy adopted by the council after its adoption."""

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategy"), on_delete=models.CASCADE, related_name="amendments"
    )
    code = CodeField(_("code"))
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    adopted_on = models.DateField(_("adopted on"))
    session = models.CharField(_("council session"), max_length=200, blank=True)
    document = models.URLField(_("document"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["-adopted_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="amendment_code_unique")
        ]

    def __str__(self) -> str:
        return self.title or self.code
