from celery import shared_task

from goals.models import Strategy

from .share import render_missing_share_images


@shared_task
def render_share_images() -> None:
    """Make the share images that are missing."""
    for strategy in Strategy.objects.public().current():
        render_missing_share_images(strategy)
