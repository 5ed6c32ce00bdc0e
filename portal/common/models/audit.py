from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AuditQuerySet(models.QuerySet):
    def of(self, record: models.Model) -> "AuditQuerySet":
        """Everything that was done to ``record``, latest first."""
        return self.filter(model=record._meta.label_lower, object_id=str(record.pk))

    def changing(self, column: str) -> "AuditQuerySet":
        """Entries in which ``column`` got a new value."""
        return self.filter(changes__has_key=column)


class AuditEntry(models.Model):
    """One line of the history: who did what to which record, and what changed.

    ``changes`` is ``{column: [before, after]}`` as text. The record is named by label and key, not
    by a foreign key, so that its history outlives it.
    """

    class Action(models.TextChoices):
        CREATED = "created", pgettext_lazy("history", "created")
        CHANGED = "changed", pgettext_lazy("history", "changed")
        DELETED = "deleted", pgettext_lazy("history", "deleted")

    class Source(models.TextChoices):
        ADMIN = "admin", pgettext_lazy("history", "in the administration")
        LOAD = "load", pgettext_lazy("history", "from the strategy file")
        IMPORT = "import", pgettext_lazy("history", "from a spreadsheet")
        TASK = "task", pgettext_lazy("history", "by schedule")
        SAMPLE = "sample", pgettext_lazy("history", "with the sample data")

    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    source = models.CharField(_("source"), max_length=10, choices=Source)
    action = models.CharField(_("action"), max_length=10, choices=Action)
    model = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    label = models.CharField(_("record"), max_length=300)
    changes = models.JSONField(default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["model", "object_id", "-at"], name="audit_of_record")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.label}"
