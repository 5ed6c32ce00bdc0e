from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.fields import CodeField, CodeSortField
from portal.common.models import Record, Sampled, Slugged, SlugHistory
from portal.common.models.base import filled_everywhere


class Organisation(Slugged, Sampled, Record):
    """An office, company or institution that keeps promises of the strategy."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", pgettext_lazy("organisation", "department")
        SERVICE = "service", pgettext_lazy("organisation", "service")
        PUBLIC_COMPANY = "public_company", pgettext_lazy("organisation", "public company")
        PUBLIC_INSTITUTION = (
            "public_institution",
            pgettext_lazy("organisation", "public institution"),
        )
        OTHER = "other", pgettext_lazy("organisation", "other")

    code = CodeField(_("code"), unique=True)
    code_sort = CodeSortField()
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    contact = models.CharField(
        _("public contact"),
        max_length=300,
        blank=True,
        help_text=_("An office address, telephone or e-mail; never a private one."),
    )

    head = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("head"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="headed_organisations",
        help_text=_("Is told every month what is overdue. Not shown to the public."),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["code_sort"]
        constraints = [
            models.CheckConstraint(
                name="organisation_not_its_own_parent",
                condition=~models.Q(parent=models.F("id")),
                violation_error_message=_("An organisation cannot be part of itself."),
            ),
            models.CheckConstraint(
                name="organisation_named_in_both_languages",
                condition=filled_everywhere("name", "slug"),
                violation_error_message=_("An organisation needs its name in both languages."),
            ),
            models.UniqueConstraint(fields=["slug_sl"], name="organisation_slug_sl"),
            models.UniqueConstraint(fields=["slug_en"], name="organisation_slug_en"),
        ]

    def __str__(self) -> str:
        return self.name or self.name_sl or self.name_en or self.code

    def path(self, language: str) -> str:
        return reverse("pages:organisation-detail", args=[self.slug_in(language)])

    def clean(self) -> None:
        ancestor, seen = self.parent, {self.pk}
        while ancestor is not None and self.pk:
            if ancestor.pk in seen:
                raise ValidationError({"parent": _("This would make a circle of organisations.")})
            seen.add(ancestor.pk)
            ancestor = ancestor.parent


class OrganisationSlug(SlugHistory):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="old_slugs"
    )


class District(models.Model):
    """A part of the city, for filters and aggregates."""

    code = CodeField(_("code"), unique=True)
    code_sort = CodeSortField()
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["code_sort"]

    def __str__(self) -> str:
        return self.name
