from celery import shared_task
from django.utils import timezone

from portal.common.clock import once_per_slot

from .services import remind

BEGINS_AT = 6  # o'clock, in the time zone of the site


@shared_task
@once_per_slot(600)
def remind_of_updates() -> None:
    """Remind people once a day, from six in the morning or as soon after as a worker runs."""
    now = timezone.now()
    if timezone.localtime(now).hour >= BEGINS_AT:
        remind(now)
