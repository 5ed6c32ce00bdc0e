"""Going round all subjects, a few a minute: what a lost message or a new design needs is drawn."""

import logging
import time

from ..models import Cursor
from ..rounds import keys_after
from .render import render_charts, tidy
from .subjects import MODELS

NAME = "charts"
LIMIT, SECONDS = 50, 15.0

logger = logging.getLogger(__name__)


def draw_next(limit: int = LIMIT, seconds: float = SECONDS) -> int:
    """Bring the next charts up to date, for so long at most; return how many were drawn.

    After the last subject comes the first again, and what has no subject any more goes.
    """
    deadline = time.monotonic() + seconds
    cursor, _new = Cursor.objects.get_or_create(name=NAME)
    keys = keys_after(cursor.position, limit, MODELS)
    drawn = 0
    for key in keys:
        drawn += _drawn(key)
        cursor.position = key
        if time.monotonic() > deadline:
            break
    else:
        if len(keys) < limit:
            cursor.position = ""
            tidy()
    cursor.save()
    return drawn


def _drawn(key: str) -> int:
    """Draw one subject; a faulty one must not hold up all that come after it."""
    try:
        return render_charts([key])
    except Exception:
        logger.exception("The charts of %s could not be drawn", key)
        return 0
