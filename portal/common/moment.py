"""The day a reader asks about: ``?na-dan=2026-06-30`` and ``?on=2026-06-30``."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from .query import parameter

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def end_of_day(day: date) -> datetime:
    """Return the moment at which ``day`` ends in the time zone of the site.

    What was written in the last moment of the day is within it; summer time is taken care of.
    """
    zone = timezone.get_default_timezone()
    return datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)


@dataclass(frozen=True)
class Moment:
    """What a page is asked to show: now, or how it was at the end of a past day.

    ``at`` is None for now; ``day`` is today then.
    """

    day: date
    at: datetime | None = None

    @property
    def is_past(self) -> bool:
        return self.at is not None


def asked_moment(request: HttpRequest, name: str = "on") -> Moment:
    """Return the moment that the request names, now without one.

    Raises ``BadRequest`` with a sentence for the reader for what is no day or lies ahead.
    """
    today = timezone.localdate()
    day = asked_day(request, name)
    if day is None or day == today:
        return Moment(today)
    return Moment(day, end_of_day(day))


def asked_day(request: HttpRequest, name: str = "on") -> date | None:
    """Return the day in a query parameter, None without one; raises ``BadRequest`` as above."""
    text = parameter(request, name)
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        message = _("“%(text)s” is not a day. Write it as year, month and day: 2026-06-30.")
        raise BadRequest(message % {"text": text[:20]})
    if day > timezone.localdate():
        raise BadRequest(_("This day has not come yet; what will be shown then is not known."))
    return day
