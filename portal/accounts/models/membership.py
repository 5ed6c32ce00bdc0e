from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .organisation import Organisation


class Role(models.TextChoices):
    """What a person may do for an organisation, or for the whole city where none is named."""

    EDITOR = "editor", pgettext_lazy("role", "editor")
    CHIEF_EDITOR = "chief_editor", pgettext_lazy("role", "chief editor")
    MODERATOR = "moderator", pgettext_lazy("role", "moderator")
    COUNCILLOR = "councillor", pgettext_lazy("role", "councillor")


class Membership(models.Model):
    """A role of a person: an editor's in an organisation, the others' in the whole city."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="memberships",
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                name="membership_editor_has_organisation",
                condition=~Q(role=Role.EDITOR) | Q(organisation__isnull=False),
                violation_error_message=_("An editor belongs to an organisation."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                name="membership_once_per_organisation",
                violation_error_message=_("This person has this role already."),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(organisation__isnull=True),
                name="membership_once_for_the_city",
                violation_error_message=_("This person has this role already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
