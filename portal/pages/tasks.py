from celery import shared_task

from portal.common.clock import once_per_slot

from .share import render_missing_share_images


@shared_task
@once_per_slot(60)
def render_share_images() -> None:
    """Make the share images that are missing."""
    render_missing_share_images()
