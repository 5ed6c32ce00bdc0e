from celery import shared_task
from django.utils import timezone

from . import ledger, outbox
from .clock import once_per_slot
from .models import Heartbeat


@shared_task
def beat() -> None:
    """Prove that beat, broker and worker do their work."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})


@shared_task
@once_per_slot(5)
def drain_outbox() -> None:
    """Do what follows from the changes of the last seconds."""
    outbox.drain()


@shared_task
@once_per_slot(30)
def send_mail() -> None:
    """Send the mails whose time has come."""
    ledger.send_due()
