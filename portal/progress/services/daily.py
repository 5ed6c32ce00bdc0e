"""States that time alone changes: a deadline passes, a value grows old, an override ends."""

from goals.models import Strategy
from portal.common.outbox import enqueue_many

from .plan import BELOW


def move_with_time() -> None:
    """Let every indicator, and so every level above, be judged on the day that has begun."""
    keys = Strategy.objects.values_list("pk", flat=True)
    enqueue_many("progress", [f"strategy:{pk}{BELOW}" for pk in keys])
