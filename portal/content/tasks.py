from celery import shared_task

from portal.common.clock import once_per_slot

from .publishing import publish_due


@shared_task
@once_per_slot(60)
def publish_scheduled() -> None:
    """Turn what has become public by its time into published records."""
    publish_due()
