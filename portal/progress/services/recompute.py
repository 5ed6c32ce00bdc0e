"""Judging progress anew and keeping what has changed.

One recompute runs at a time, whoever starts it: it reads what is committed, judges the indicators,
then what stands above them, and writes an assessment only where something has changed. So it may
run twice, be killed, or run late, and the outcome is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from indicators.models import Assessment, Level, Override
from measures.models import Measure
from portal.common.outbox import enqueue_many

from ..inputs import gather
from .children import Below, load_children
from .judgement import Judgement, judge_indicator, judge_level
from .mending import mend
from .plan import BELOW, MODELS, ROLLED_UP, Plan, Subject, below, subject

LOCK = 7_265_361  # any number that no other advisory lock uses
CHUNK = 250
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Change:
    """What a recompute found: the assessment in force, and what should be in force instead."""

    subject: Subject
    strategy_id: int
    stored: Assessment | None
    judgement: Judgement


@transaction.atomic
def recompute(keys: Iterable[str], at: datetime | None = None) -> int:
    """Judge what ``keys`` name and all above it; return how many assessments were written.

    Keys are those of the outbox: ``indicator:12``, ``measure:3``. With ``at`` the state is judged
    as of that moment, from what was known then; moments only move on.
    """
    _wait_for_others()
    plan, is_now = Plan.of({subject(key) for key in keys}), at is None
    moment = at or timezone.now()
    return store(find_changes(plan, moment, is_now=is_now), moment, is_now=is_now)


def handle(keys: list[str], at: datetime) -> None:
    """Do the work of the outbox; what stands below a level becomes work of its own."""
    whole = [subject(key.removesuffix(BELOW)) for key in keys if key.endswith(BELOW)]
    if whole:
        enqueue_many("progress", [key for one in whole for key in below(one)])
    recompute([str(one) for one in whole] + [key for key in keys if not key.endswith(BELOW)])


def recompute_all(
    at: datetime | None = None,
    on_step: Callable[[int], None] = lambda done: None,
    keep: Callable[[list[Change]], int] | None = None,
) -> int:
    """Judge every indicator, then every level from below, in chunks of ``CHUNK``.

    ``on_step`` is told how many records are done. ``keep`` does something else with the changes
    than storing them. Returns the sum of what storing (or ``keep``) returned.
    """
    total = 0
    for level in (Level.INDICATOR.value, *ROLLED_UP):
        for pks in chunks(level):
            with transaction.atomic():
                _wait_for_others()
                plan, moment = Plan.only(level, pks), at or timezone.now()
                changes = find_changes(plan, moment, is_now=at is None)
                total += keep(changes) if keep else store(changes, moment, is_now=at is None)
            on_step(len(pks))
    return total


def chunks(level: str) -> Iterable[list[int]]:
    """Return the keys of one level in chunks; what is added meanwhile may come last."""
    last = 0
    while pks := list(
        MODELS[level]
        .objects.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:CHUNK]
    ):
        yield pks
        last = pks[-1]


def _wait_for_others() -> None:
    """Let one recompute run at a time; SQLite has a single writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def find_changes(plan: Plan, moment: datetime, *, is_now: bool) -> list[Change]:
    """Judge everything in ``plan`` and return what differs from the assessments in force."""
    work = _Work(plan, timezone.localdate(moment))
    gathered = gather(plan.indicators, moment, is_now=is_now)
    for indicator in plan.indicators:
        known = gathered[indicator.pk]
        found = judge_indicator(known.inputs, work.on, is_sample=known.is_sample)
        work.add(Subject("indicator", indicator.pk), indicator.strategy_id, found)
    children = load_children(plan, moment)
    for level in ROLLED_UP:
        for pk, record in plan.nodes[level].items():
            node = Subject(level, pk)
            judged = [work.as_judged(child) for child in children[node]]
            strategy = getattr(record, "strategy_id", pk)
            work.add(node, strategy, judge_level(judged, has_ended=_has_ended(record)))
    return work.changes


def _has_ended(record) -> bool:
    return isinstance(record, Measure) and record.lifecycle != Measure.Lifecycle.ACTIVE


@dataclass
class _Work:
    """What has been judged so far, beside what is in force."""

    plan: Plan
    on: date
    judged: dict[Subject, Judgement] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        subjects = list(self.plan.subjects())
        self.stored = _rows(Assessment.objects.in_force(), subjects)
        self.overrides = _rows(
            Override.objects.in_force(self.on).order_by("starts_on", "pk"), subjects
        )

    def add(self, what: Subject, strategy_id: int, judgement: Judgement) -> None:
        self.judged[what] = judgement.with_override(self.overrides.get(what))
        stored = self.stored.get(what)
        if not judgement.equals(stored):
            self.changes.append(Change(what, strategy_id, stored, judgement))

    def as_judged(self, child: Below) -> Below:
        """The child with the state that was judged a moment ago, where it was."""
        judgement = self.judged.get(child.subject)
        if judgement is None:
            return child
        return replace(
            child,
            state=judgement.state,
            fraction=judgement.fraction,
            leaves=judgement.leaves,
            is_sample=judgement.is_sample,
            overridden=judgement.override is not None,
        )


def _rows(queryset, subjects: list[Subject]) -> dict[Subject, Assessment | Override]:
    """Return the rows about ``subjects`` by subject, the last one where there are several."""
    condition, has_levels = Q(pk__in=[]), queryset.model is Assessment
    for level in MODELS:
        pks = [pk for own_level, pk in subjects if own_level == level]
        if pks and (has_levels or level != Level.STRATEGY):
            own = Q(level=level) if has_levels else Q()
            condition |= own & Q(**{f"{level}__in": pks})
    return {_subject_of(row): row for row in queryset.filter(condition)}


def _subject_of(row: Assessment | Override) -> Subject:
    for level in reversed(MODELS):
        if pk := getattr(row, f"{level}_id", None):
            return Subject(level, pk)
    raise ValueError(row)


def store(changes: list[Change], moment: datetime, *, is_now: bool) -> int:
    """End the assessments in force and begin the new ones; let their charts be drawn anew.

    They begin at the moment they were judged for, so that the day of both is one. Raises
    ``ValueError`` when something later than a past ``moment`` is in force already; a clock that
    runs a little behind is made up for. An assessment of the very same moment, which nobody can
    have seen, is replaced.
    """
    changes = list(_after_mending(changes))
    replaced = [change.stored for change in changes if change.stored]
    begins = moment
    if is_now:
        begins = max([moment, *(row.valid_from + _INSTANT for row in replaced)])
    if any(row.valid_from > begins for row in replaced):
        raise ValueError("Progress was judged later than this moment already.")
    unseen = [row.pk for row in replaced if row.valid_from == begins]
    if unseen:
        Assessment.objects.filter(pk__in=unseen).delete()
    ended = Assessment.objects.filter(pk__in=[row.pk for row in replaced])
    if replaced:
        ended.update(valid_to=begins)
    Assessment.objects.bulk_create(_new(change, begins) for change in changes)
    enqueue_many("charts", [str(change.subject) for change in changes])
    return len(changes)


def _after_mending(changes: list[Change]) -> Iterator[Change]:
    """Put right what was changed by hand first; what is as judged then needs nothing more."""
    for change in changes:
        if change.stored and mend(change.stored):
            stored = change.stored if change.stored.pk else None
            change = replace(change, stored=stored)
        if not change.judgement.equals(change.stored):
            yield change


def _new(change: Change, begins: datetime) -> Assessment:
    level, pk = change.subject
    return Assessment(
        level=level,
        valid_from=begins,
        expected=change.judgement.expected,
        **{"strategy_id": change.strategy_id, f"{level}_id": pk},
        **change.judgement.content(),
    )
