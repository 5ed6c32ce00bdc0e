"""Reading when a record was last confirmed and when its next update is due, in one query for all.

A sign of life is a confirmation; for an indicator also a value, on the day it became known; for a
measure or a project a published report, on its date. Days are those of the site's time zone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    BooleanField,
    DateField,
    Expression,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, NullIf, TruncDate
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from indicators.models import Confirmation, FormerObservation, Indicator, Observation
from measures.models import Measure, ProgressReport, Project
from portal.common.languages import LANGUAGES

from .rules import DAY, MONTHS, SOON, Period, due_by_limit, due_period

SUBJECTS: dict[str, type[Model]] = {
    "measure": Measure,
    "project": Project,
    "indicator": Indicator,
}
# Nothing more is expected of what has ended; drafts and other strategies are left out for all.
PURSUED = {
    Measure: Q(lifecycle=Measure.Lifecycle.ACTIVE),
    Project: ~Q(status__in=[Project.Status.COMPLETED, Project.Status.STOPPED]),
    Indicator: Q(availability=Indicator.Availability.MEASURED)
    & (Q(measure=None) | Q(measure__lifecycle=Measure.Lifecycle.ACTIVE)),
}
_NEVER = date(1, 1, 1)


@dataclass(frozen=True)
class Freshness:
    """When a record was last confirmed (None: never), and the period whose end is its due day.

    ``due`` is None where no update is expected: no rhythm, not public, or no longer pursued.
    """

    confirmed_on: date | None
    due: Period | None

    def is_overdue(self, on: date) -> bool:
        return self.due is not None and self.due.end < on


def with_freshness(records: QuerySet, at: datetime | None = None) -> QuerySet:
    """Bring along ``confirmed_on``, ``counts_from`` and ``updates_expected`` as of ``at`` (now).

    ``counts_from`` is the last sign of life, or the day on which the record was made.
    """
    at = at or timezone.now()
    signs = [Coalesce(sign, _NEVER, output_field=DateField()) for sign in _signs(records.model, at)]
    never = Value(_NEVER, output_field=DateField())
    return records.annotate(
        confirmed_on=NullIf(Greatest(*signs), never),
        counts_from=Coalesce("confirmed_on", _day_of("created_at")),
        updates_expected=ExpressionWrapper(_expected(records.model, at), BooleanField()),
    )


def _expected(model: type[Model], at: datetime) -> Q:
    shown = model.public_q(at) & Q(strategy__is_current=True)
    return shown & PURSUED[model] & ~Q(update_rhythm="")


def _signs(model: type[Model], at: datetime) -> Iterator[Subquery]:
    """The latest day of each kind of sign; two at least, as ``Greatest`` asks for."""
    own, day = {model._meta.model_name: OuterRef("pk")}, timezone.localdate(at)
    yield _latest(Confirmation.objects.filter(on__lte=day, **own), F("on"))
    if model is Indicator:
        yield _latest(Observation.objects.known_at(at).filter(**own), _day_of("recorded_at"))
        yield _latest(FormerObservation.objects.known_at(at).filter(**own), _day_of("recorded_at"))
    else:
        yield _latest(ProgressReport.objects.public(at).filter(date__lte=day, **own), F("date"))


def _latest(rows: QuerySet, day: Expression) -> Subquery:
    days = rows.order_by(day.desc()).annotate(day=day).values("day")
    return Subquery(days[:1], output_field=DateField())


def _day_of(column: str) -> TruncDate:
    return TruncDate(column, tzinfo=timezone.get_default_timezone())


def freshness_of(record: Model, at: datetime | None = None) -> Freshness:
    """Return the freshness of a record; one that came without it is asked for by itself."""
    if not hasattr(record, "counts_from"):
        record = with_freshness(type(record).objects.all(), at).get(pk=record.pk)
    expected = record.updates_expected
    due = due_period(record.update_rhythm, record.counts_from) if expected else None
    return Freshness(record.confirmed_on, due)


def with_last_words(records: QuerySet, at: datetime | None = None) -> QuerySet:
    """Bring along, of the last confirmation, ``said_on`` and the sentence in each language."""
    kind, day = records.model._meta.model_name, timezone.localdate(at)
    last = Confirmation.objects.filter(on__lte=day, **{kind: OuterRef("pk")})
    columns = {f"said_{code}": f"sentence_{code}" for code in LANGUAGES} | {"said_on": "on"}
    return records.annotate(
        **{name: Subquery(last.values(column)[:1]) for name, column in columns.items()}
    )


def overdue_q(on: date) -> Q:
    """The condition for rows ``with_freshness`` whose update was due before the day ``on``."""
    return _due_by(on - DAY)


def due_soon_q(on: date) -> Q:
    """The same for an update that is due within thirty days of ``on``, that day included."""
    return _due_by(on + SOON) & ~_due_by(on - DAY)


def _due_by(day: date) -> Q:
    due = Q(pk__in=[])
    for rhythm in MONTHS:
        due |= Q(update_rhythm=rhythm, counts_from__lt=due_by_limit(rhythm, day))
    return Q(updates_expected=True) & due


@dataclass(frozen=True)
class Need:
    """A need for an update, as lists for staff name and find it."""

    name: Promise
    condition: Callable[[date], Q]


UPDATES = {
    "overdue": Need(pgettext_lazy("update", "overdue"), overdue_q),
    "soon": Need(pgettext_lazy("update", "due within 30 days"), due_soon_q),
}


def titles_of(record: Model) -> dict[str, str]:
    """Return the title of a measure or project, or the name of an indicator, by language."""
    field = "name" if isinstance(record, Indicator) else "title"
    return {language: getattr(record, f"{field}_{language}") or "" for language in LANGUAGES}
