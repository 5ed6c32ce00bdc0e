from celery import shared_task

from portal.common.clock import once_per_slot

from .charts.tasks import draw_missing_charts  # noqa: F401 (the worker finds its tasks here)
from .freshness.tasks import remind_of_updates  # noqa: F401 (the worker finds its tasks here)
from .services.daily import move_with_time
from .services.reconcile import reconcile

DAY = 24 * 60 * 60


@shared_task
@once_per_slot(60)
def reconcile_progress() -> None:
    """Judge the next records anew, so that whatever slipped through is mended."""
    reconcile()


@shared_task
@once_per_slot(DAY, together=True)
def judge_new_day() -> None:
    """Let states change that time alone changes."""
    move_with_time()
