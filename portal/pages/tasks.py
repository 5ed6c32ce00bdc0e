from celery import shared_task

from .share import render_missing_share_images


@shared_task
def render_share_images() -> None:
    """Make the share images that are missing."""
    render_missing_share_images()
