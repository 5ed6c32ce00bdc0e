"""Playing the sample: every act at its moment, and the states that followed from it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from goals.models import Strategy
from indicators.models import Assessment, Observation
from measures.models import Measure
from portal.common.models import AuditEntry, OutboxMessage
from portal.common.moment import end_of_day

from ..services.recompute import recompute
from .acts import all_acts
from .cast import open_offices
from .stage import HALF_A_YEAR, Act, Stage

MORNING = time(9)
# What tells that staff have begun to keep account themselves.
OWN_WORK = (
    *("indicators.observation", "indicators.override", "indicators.confirmation"),
    *("indicators.criteriaversion", "measures.progressreport"),
)


class SampleRefused(Exception):
    """The sample does not belong into this database; the text says why."""


@transaction.atomic
def load_sample(strategy: Strategy, today: date | None = None) -> int:
    """Play the half-year before ``today`` on ``strategy``; return how many acts there were.

    The same day gives the same sample. Assessments of that half-year are made anew, from the first
    day on, so that the story begins before its first change. All of it or nothing.

    Raises ``SampleRefused`` in production, where there is a sample already, and where staff have
    entered progress of their own, which would be hard to tell from it.
    """
    today = today or timezone.localdate()
    refuse(strategy)
    first = today - HALF_A_YEAR
    opening = moment_of(first)
    forget_assessments(strategy, since=opening)
    judge_all(strategy, opening)
    stage = Stage(strategy, open_offices(opening), first, today)
    acts = all_acts(stage)
    play(acts, stage)
    judge_all(strategy, min(timezone.now(), end_of_day(today)))
    drop_repetitions()
    return len(acts)


def refuse(strategy: Strategy) -> None:
    """Raise ``SampleRefused`` where the sample does not belong."""
    if settings.PRODUCTION:
        raise SampleRefused(_("Sample data does not belong on a site in production."))
    own = {"strategy": strategy, "organisation__is_sample": True}
    if (
        Observation.objects.filter(indicator__strategy=strategy, is_sample=True).exists()
        or Measure.objects.filter(**own).exists()
    ):
        raise SampleRefused(_("The sample data is there already: manage.py remove_sample"))
    sources = (AuditEntry.Source.ADMIN, AuditEntry.Source.IMPORT)
    if AuditEntry.objects.filter(source__in=sources, model__in=OWN_WORK).exists():
        raise SampleRefused(
            _("Staff have entered progress already; sample data would be mixed up with it.")
        )


def moment_of(day: date, minutes: int = 0) -> datetime:
    """A moment of a working morning in the time zone of the site."""
    morning = datetime.combine(day, MORNING, timezone.get_default_timezone())
    return morning + timedelta(minutes=minutes)


def forget_assessments(strategy: Strategy, since: datetime) -> None:
    """Remove what was judged since a moment, so that it can be told anew from there."""
    own = Assessment.objects.filter(strategy=strategy)
    own.filter(valid_from__gte=since).delete()
    own.filter(valid_to__gt=since).update(valid_to=None)


def judge_all(strategy: Strategy, at: datetime) -> None:
    """Judge everything of one strategy as of a moment."""
    levels = {
        "indicator": strategy.indicators,
        "measure": strategy.measures,
        "objective": strategy.objectives,
        "goal": strategy.goals,
    }
    keys = [
        f"{level}:{pk}"
        for level, rows in levels.items()
        for pk in rows.order_by("pk").values_list("pk", flat=True)
    ]
    recompute([*keys, f"strategy:{strategy.pk}"], at=at)


def play(acts: Iterable[Act], stage: Stage) -> None:
    """Do all acts, each day followed by what it changes; once a week everything is looked at.

    For time alone may change a state, which the daily task would have seen.
    """
    on_day = {day: list(found) for day, found in groupby(acts, key=lambda act: act.day)}
    weekly = {stage.after_start(days) for days in range(7, HALF_A_YEAR.days, 7)}
    for day in sorted(on_day.keys() | weekly):
        with taken_work() as keys:
            for number, act in enumerate(on_day.get(day, [])):
                act.do(moment_of(day, number))
        evening = moment_of(day, len(on_day.get(day, [])))
        judge_all(stage.strategy, evening) if day in weekly else recompute(keys, at=evening)


@contextmanager
def taken_work() -> Iterator[set[str]]:
    """Take from the outbox, into the set, what the changes made inside have asked for."""
    keys: set[str] = set()
    before = OutboxMessage.objects.aggregate(last=Max("pk"))["last"] or 0
    yield keys
    work = OutboxMessage.objects.of("progress").filter(pk__gt=before)
    keys.update(work.values_list("key", flat=True))
    work.delete()


def drop_repetitions() -> None:
    """Let the charts be drawn once, however often their numbers have changed."""
    charts = OutboxMessage.objects.of("charts").order_by()
    last = charts.values("key").annotate(last=Max("pk")).values_list("last", flat=True)
    charts.exclude(pk__in=list(last)).delete()
