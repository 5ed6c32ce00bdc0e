from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .organisation import Organisation


class UpdateRhythm(models.TextChoices):
    """How often the owner confirms or renews what is published."""

    MONTHLY = "monthly", pgettext_lazy("rhythm", "every month")
    QUARTERLY = "quarterly", pgettext_lazy("rhythm", "every quarter")
    HALF_YEARLY = "half_yearly", pgettext_lazy("rhythm", "every half-year")
    YEARLY = "yearly", pgettext_lazy("rhythm", "every year")


class Owned(models.Model):
    """A promise that an organisation keeps: one person answers for it, another stands in."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("responsible organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_%(class)ss",
        help_text=_("The person who confirms progress. Not shown to the public."),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deputy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deputised_%(class)ss",
        help_text=_("Stands in for the owner. Not shown to the public."),
    )
    update_rhythm = models.CharField(
        _("update rhythm"), max_length=12, choices=UpdateRhythm, blank=True, default=""
    )

    class Meta:
        abstract = True

    @classmethod
    def belongs_to_q(cls, organisations: set[int]) -> models.Q:
        """The condition for what the given organisations keep."""
        return models.Q(organisation__in=organisations)
