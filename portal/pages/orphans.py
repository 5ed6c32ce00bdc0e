"""Evidence files whose record is gone: with what stood above it, or because a process died."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from portal.common.models.document import FOLDER

from .evidence import KINDS

# Longer than any request or import takes.
SPARED = timedelta(days=1)


def remove_orphaned_files(now: datetime | None = None) -> int:
    """Delete the files that no record names and that are a day old; return how many."""
    before = (now or timezone.now()) - SPARED
    try:
        _folders, stored = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    # Read after the files: a record is there before its file is.
    named = {
        name
        for model in KINDS.values()
        for name in model.objects.exclude(file="").values_list("file", flat=True)
    }
    orphans = [
        name
        for name in (f"{FOLDER}/{file}" for file in stored)
        if name not in named and default_storage.get_modified_time(name) < before
    ]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)
