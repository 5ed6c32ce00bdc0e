"""Periodic jobs, each begun once in its slot of time, however many clocks strike.

Time is cut into slots of so many seconds since 1970. Whoever moves the row of a job forward to
this slot does the job; three clocks, a message delivered twice and a late one find it moved.
"""

import functools
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .models import PeriodicRun

# A machine whose clock was wrong by more must not stop a job until that time has come.
FURTHEST_AHEAD = 3600


def claim(job: str, seconds: int, now: datetime | None = None) -> bool:
    """Say whether the caller is the one to do ``job`` in the slot of ``now``; true only once."""
    now = now or timezone.now()
    slot = _slot(seconds, now)
    too_far = slot + max(1, FURTHEST_AHEAD // seconds)
    behind = PeriodicRun.objects.filter(Q(slot__lt=slot) | Q(slot__gt=too_far), job=job)
    if behind.update(slot=slot, at=now):
        return True
    _run, first = PeriodicRun.objects.get_or_create(job=job, defaults={"slot": slot, "at": now})
    return first


def _slot(seconds: int, now: datetime) -> int:
    return int(now.timestamp() // seconds)


def once_per_slot(seconds: int, *, together: bool = False) -> Callable:
    """Let a job without arguments run once in each slot of ``seconds``.

    A job that fails gives its slot back; one that is killed does not, but its next slot is near.
    Where it is far, ``together`` puts the claim and what the job writes into one transaction.
    """

    def decorate(job: Callable[[], None]) -> Callable[..., None]:
        name = f"{job.__module__}.{job.__qualname__}"

        def run_in_one_transaction(now: datetime) -> None:
            with transaction.atomic():
                if claim(name, seconds, now):
                    job()

        def run_after_the_claim(now: datetime) -> None:
            if not claim(name, seconds, now):
                return
            try:
                job()
            except Exception:
                PeriodicRun.objects.filter(job=name, slot=_slot(seconds, now)).delete()
                raise

        @functools.wraps(job)
        def run(now: datetime | None = None) -> None:
            chosen = run_in_one_transaction if together else run_after_the_claim
            chosen(now or timezone.now())

        return run

    return decorate
