"""Work that waits to be done, and when the clock last struck (`portal.common.outbox`, `clock`)."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet):
    def due(self, at: datetime) -> Self:
        """What is to be done by now, oldest first; work that failed comes back at its time."""
        return self.filter(due_at__lte=at).order_by("due_at", "pk")

    def of(self, topic: str) -> Self:
        return self.filter(topic=topic)

    def failing(self) -> Self:
        """What has been tried in vain at least once."""
        return self.filter(attempts__gt=0)


class OutboxMessage(models.Model):
    """Something to be done after a change, written in the transaction of the change itself.

    The row goes in the transaction that does the work: while it stands, the work is not done.
    """

    topic = models.CharField(_("topic"), max_length=40)
    key = models.CharField(_("key"), max_length=120)
    payload = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting task")
        verbose_name_plural = _("waiting tasks")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["topic", "due_at"], name="outbox_message_due")]
        constraints = [
            models.CheckConstraint(
                name="outbox_message_has_topic_and_key",
                condition=~models.Q(topic="") & ~models.Q(key=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.key}"


class PeriodicRun(models.Model):
    """The latest slot of time in which a periodic job was begun, counted since 1970."""

    job = models.CharField(max_length=120, primary_key=True)
    slot = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.job}: {self.slot}"
