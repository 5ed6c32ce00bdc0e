"""What has happened that somebody is told about, and to whom (`portal.common.ledger`)."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .base import Sampled


class Event(Sampled, models.Model):
    """One thing that happened, known by a key of its own so that it is announced once only.

    The subject is named by label and key, without a foreign key: the news outlives it.
    """

    key = models.CharField(max_length=200)
    kind = models.CharField(_("kind"), max_length=40)
    at = models.DateTimeField(_("time"))
    subject_model = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("ledger", "event")
        verbose_name_plural = pgettext_lazy("ledger", "events")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_model", "subject_id", "-at"], name="event_of")]
        constraints = [models.UniqueConstraint(fields=["key"], name="event_key_unique")]

    def __str__(self) -> str:
        return self.key


class DeliveryQuerySet(models.QuerySet):
    def due(self, at: datetime) -> Self:
        """What is to be sent by now, oldest first."""
        return self.filter(state=Delivery.State.PENDING, next_at__lte=at).order_by("next_at", "pk")

    def dead(self) -> Self:
        """What was given up."""
        return self.filter(state=Delivery.State.DEAD)


class Delivery(models.Model):
    """The mail that tells one person of one event; there is never a second."""

    class State(models.TextChoices):
        PENDING = "pending", pgettext_lazy("mail", "waiting")
        SENT = "sent", pgettext_lazy("mail", "sent")
        DEAD = "dead", pgettext_lazy("mail", "given up")

    event = models.ForeignKey(
        Event, verbose_name=_("reason"), on_delete=models.CASCADE, related_name="deliveries"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.CASCADE,
        related_name="deliveries",
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("mail", "delivery")
        verbose_name_plural = pgettext_lazy("mail", "deliveries")
        ordering = ["-next_at", "-pk"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="pending"), name="delivery_due")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient"], name="delivery_once_per_recipient"
            ),
            models.CheckConstraint(
                name="delivery_sent_has_time",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"  # the history keeps it: no name, no address
