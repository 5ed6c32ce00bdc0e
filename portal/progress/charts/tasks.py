from celery import shared_task

from portal.common.clock import once_per_slot

from .rolling import draw_next


@shared_task
@once_per_slot(60)
def draw_missing_charts() -> None:
    """Draw the next charts that are missing or out of date."""
    draw_next()
