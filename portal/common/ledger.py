"""Telling people what has happened: each of them once, in their language, by mail.

``announce`` writes an event and who is to be told, in the transaction of what happened. A task
calls ``send_due`` every half a minute. It takes one delivery at a time and moves its next attempt
two minutes ahead before it sends: who is killed while sending leaves a mail that is sent once more
at most, under the same Message-ID. What fails comes back after a minute, at last after six hours;
after ten attempts it is given up and staff see it in the administration.

How an event reads is said by the app that knows it: ``ledger.register("reminder", render)``.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from .addresses import absolute_in_mail
from .errors import error_line
from .languages import active_language
from .models import Delivery, Event
from .services import save_record

SECONDS = 25.0  # of one round, which begins every 30
LEASE = timedelta(minutes=2)  # longer than a mail server may take to answer
FIRST_RETRY, LAST_RETRY = timedelta(minutes=1), timedelta(hours=6)
MAX_ATTEMPTS = 10

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mail:
    """A mail in one language: the same as plain text and as HTML."""

    subject: str
    text: str
    html: str


Renderer = Callable[[Event, models.Model, str], Mail]
_renderers: dict[str, Renderer] = {}


def register(kind: str, render: Renderer) -> None:
    """Let ``render(event, recipient, language)`` write the mails about events of ``kind``."""
    _renderers[kind] = render


def mail_from(template: str, subject: str, **context: Any) -> Mail:
    """Write a mail from ``mail/<template>.txt`` and ``.html`` in the active language."""
    context |= {
        "subject": subject,
        "site_name": settings.SITE_NAMES.get(active_language()) or _("Strategy portal"),
        "site_url": absolute_in_mail(f"/{active_language()}/"),
    }
    text, html = (render_to_string(f"mail/{template}.{form}", context) for form in ("txt", "html"))
    return Mail(subject, text, html)


@transaction.atomic
def announce(
    *,
    kind: str,
    key: str,
    recipients: Iterable[models.Model],
    subject: models.Model | None = None,
    data: dict[str, Any] | None = None,
    at: datetime | None = None,
    is_sample: bool = False,
) -> Event:
    """Write down that something happened and that ``recipients`` are to be told of it.

    ``key`` names the event for ever: announced again, it stays as it was, and nobody is told twice.
    """
    at = at or timezone.now()
    values = {"kind": kind, "at": at, "data": data or {}, "is_sample": is_sample}
    if subject is not None:
        values |= {"subject_model": subject._meta.label_lower, "subject_id": str(subject.pk)}
    event, _new = Event.objects.get_or_create(key=key, defaults=values)
    deliveries = [Delivery(event=event, recipient=person, next_at=at) for person in recipients]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    return event


def send_due(now: datetime | None = None) -> int:
    """Send the mails whose time has come, for ``SECONDS`` at most; return how many were sent.

    While the mail server cannot be reached nothing is tried: that is no fault of a mail.
    """
    sent, deadline = 0, time.monotonic() + SECONDS
    connection = get_connection()
    try:
        while time.monotonic() < deadline and Delivery.objects.due(now or timezone.now()).exists():
            connection.open()
            delivery = _claim(now or timezone.now())
            if delivery is None:
                break  # another worker is at it
            sent += _deliver(delivery, connection, now or timezone.now())
    except OSError as error:
        logger.warning("The mail server cannot be reached: %s", error)
    finally:
        _hang_up(connection)
    return sent


def _claim(at: datetime) -> Delivery | None:
    """Take the next delivery for ourselves until the lease ends; None if others were faster."""
    with transaction.atomic(durable=True):
        due = Delivery.objects.due(at).select_for_update(skip_locked=True, of=("self",))
        delivery = due.select_related("event", "recipient").first()
        if delivery is not None:
            delivery.attempts, delivery.next_at = delivery.attempts + 1, at + LEASE
            delivery.save(update_fields=["attempts", "next_at"])
    return delivery


def _deliver(delivery: Delivery, connection: BaseEmailBackend, at: datetime) -> bool:
    """Send one mail and note what came of it."""
    ours = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.PENDING)
    try:
        _message(delivery, connection).send()
    except Exception as error:
        logger.warning("%s failed", delivery, exc_info=error)
        _hang_up(connection)  # it may be in the middle of a word
        wait = min(FIRST_RETRY * 2 ** (delivery.attempts - 1), LAST_RETRY)
        given_up = delivery.attempts >= MAX_ATTEMPTS or isinstance(error, NobodyToTell)
        ours.update(
            state=Delivery.State.DEAD if given_up else Delivery.State.PENDING,
            next_at=at + wait,
            last_error=error_line(error),
        )
        return False
    ours.update(state=Delivery.State.SENT, sent_at=at, last_error="")
    return True


class NobodyToTell(Exception):
    """The account was closed or has no address: trying again is no use."""


def _message(delivery: Delivery, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """Write the mail of a delivery, the same whenever it is written."""
    event, recipient = delivery.event, delivery.recipient
    if not (recipient.is_active and recipient.email):
        raise NobodyToTell("The account is not active or has no address.")
    with override(recipient.language):
        mail = _renderers[event.kind](event, recipient, recipient.language)
    headers = {"Message-ID": _message_id(delivery), "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(
        _one_line(mail.subject), mail.text, to=[recipient.email], headers=headers
    )
    message.connection = connection
    message.attach_alternative(mail.html, "text/html")
    return message


def _one_line(subject: str) -> str:
    """A title that somebody has typed must not begin another header."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in subject).split())


def _message_id(delivery: Delivery) -> str:
    """The same at each attempt, so that mail programs show a repetition once."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    digest = salted_hmac("portal.common.ledger", str(delivery.pk)).hexdigest()[:16]
    return f"<delivery-{delivery.pk}-{digest}@{host}>"


def _hang_up(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError as error:
        logger.info("The mail server did not say goodbye: %s", error)


def try_again(*, delivery: Delivery, by: models.Model) -> None:
    """Send a mail that was given up, at the next opportunity and with all its attempts."""
    delivery.state, delivery.attempts = Delivery.State.PENDING, 0
    delivery.next_at = timezone.now()
    save_record(record=delivery, by=by)
