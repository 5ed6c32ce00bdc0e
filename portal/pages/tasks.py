from celery import shared_task

from portal.common.clock import once_per_slot

from .orphans import remove_orphaned_files
from .share import render_missing_share_images


@shared_task
@once_per_slot(60)
def render_share_images() -> None:
    """Make the share images that are missing."""
    render_missing_share_images()


@shared_task
@once_per_slot(24 * 60 * 60)
def remove_orphaned_evidence() -> None:
    """Delete evidence files that no record names any more."""
    remove_orphaned_files()
