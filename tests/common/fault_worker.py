"""The portal's worker with one more topic: slow work that leaves one mark for each key."""

import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

# Models can be imported only now.
from portal.celery import app  # noqa: E402, F401 (the worker looks for it here)
from portal.common import outbox  # noqa: E402 (see above)
from portal.common.models import AuditEntry  # noqa: E402 (see above)

SECONDS_PER_KEY = 0.1


def mark(keys, at):
    for key in keys:
        AuditEntry.objects.create(action="created", source="task", model="probe", object_id=key)
        time.sleep(SECONDS_PER_KEY)


outbox.register("probe", mark, batch=10)
