from celery import shared_task
from django.utils import timezone

from .models import Heartbeat


@shared_task
def beat() -> None:
    """Prove that beat, broker and worker do their work."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": timezone.now()})
