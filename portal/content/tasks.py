from celery import shared_task

from .publishing import publish_due


@shared_task
def publish_scheduled() -> None:
    """Turn what has become public by its time into published records."""
    publish_due()
