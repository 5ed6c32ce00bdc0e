"""What happens in the sample's half-year, act by act: who is appointed, what is written down."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from indicators.models import (
    Confirmation,
    CriteriaVersion,
    ExternalEvent,
    Indicator,
    Observation,
    ObservationEvidence,
    Override,
)
from measures.models import Evidence, Measure, Milestone, ProgressReport, Project
from portal.accounts.models import Owned, UpdateRhythm
from portal.common.states import ProgressState, Publication

from . import texts
from .cast import change, write
from .money import budget_acts
from .promise import COURSES, Course, promise_of
from .stage import Act, Stage
from .story import WRITTEN_AFTER, Entry, events_before, told
from .texts import in_columns

RHYTHMS = (UpdateRhythm.QUARTERLY, UpdateRhythm.YEARLY, UpdateRhythm.HALF_YEARLY)


def all_acts(stage: Stage) -> list[Act]:
    """Everything that happens, in order of days."""
    measures = list(stage.strategy.measures.select_related("objective").order_by("code_sort"))
    projects = list(stage.strategy.projects.order_by("pk"))
    indicators = list(
        stage.strategy.indicators.select_related("strategy", "goal", "objective", "measure")
        .prefetch_related("targets", "observations")
        .order_by("code_sort")
    )
    acts = [
        *_appointments(stage, measures, projects, indicators),
        *(act for n, one in enumerate(indicators) for act in _measurements(stage, n, one)),
        *_reports(stage, measures, projects),
        *_criteria(stage, indicators),
        *_override(stage, measures),
        *_confirmations(stage, [*measures[:2], *projects[:1], *indicators[:1]]),
        *(act for n, project in enumerate(projects) for act in _milestones(stage, n, project)),
        *budget_acts(stage, measures, projects),
    ]
    return sorted(acts, key=lambda act: act.day)


def _appointments(
    stage: Stage, measures: list[Measure], projects: list[Project], indicators: list[Indicator]
) -> Iterator[Act]:
    """Somebody answers for what has had nobody; the last measure and indicator stay without."""
    seats = {measure.pk: number for number, measure in enumerate(measures)}
    for measure in measures[:-1]:
        yield from _appoint(stage, seats[measure.pk], measure)
    for indicator in indicators[:-1]:
        yield from _appoint(stage, seats.get(indicator.measure_id, 0), indicator)
    for number, project in enumerate(projects):
        # Where the city has published dates, invented ones would pass for them.
        if not (project.start or project.end or project.status):
            plan = {
                "start": f"{stage.ago(200 + 90 * number):%Y-%m}",
                "end": f"{stage.ago(-300 - 120 * number):%Y-%m}",
                "status": Project.Status.IN_PROGRESS,
            }
            yield from _appoint(stage, number, project, **plan)


def _appoint(stage: Stage, number: int, record: Owned, **more) -> Iterator[Act]:
    if record.organisation_id is None:
        office = stage.office(number)
        columns = {
            "organisation": office.organisation,
            "owner": record.owner or office.owner,
            "deputy": record.deputy or office.deputy,
            "update_rhythm": record.update_rhythm or RHYTHMS[number % len(RHYTHMS)],
            **more,
        }
        yield Act(stage.after_start(1), lambda at: change(record, at, **columns))


def _measurements(stage: Stage, number: int, indicator: Indicator) -> Iterator[Act]:
    if any(not o.is_sample for o in indicator.observations.all()):
        return  # what is published speaks for itself
    course, promise = COURSES[number % len(COURSES)], promise_of(indicator)
    if promise.per == "event" and course is not Course.SILENT:
        for day, count in events_before(stage.today):
            yield Act(max(stage.after_start(1), day), _happen(indicator, day, count))
    caught_up = stage.after_start(8 + 5 * number % 52)
    for entry in told(promise, course, caught_up, stage.today):
        yield Act(entry.day, _observe(stage, number, indicator, entry))


def _happen(indicator: Indicator, day: date, count: int) -> Callable[[datetime], None]:
    words = in_columns("title", texts.EVENT, count)
    return lambda at: write(ExternalEvent(indicator=indicator, happened_on=day, **words), at)


def _observe(stage: Stage, number: int, indicator: Indicator, entry: Entry):
    owner = stage.office(number).owner

    def observe(at: datetime) -> None:
        known = Observation.objects.filter(indicator=indicator, period=entry.period).first()
        row = known or Observation(indicator=indicator, period=entry.period)
        row.value, row.provisional = entry.value, entry.provisional
        row.source = f"example.org/{entry.day:%Y-%m}"
        if known:
            row.note_sl, row.note_en = texts.CORRECTED["sl"], texts.CORRECTED["en"]
        write(row, at, by=owner)
        if known is None and entry.day - WRITTEN_AFTER > stage.first and number % 3 == 0:
            _prove(ObservationEvidence(observation=row), at)

    return observe


def _prove(document: Evidence | ObservationEvidence, at: datetime) -> None:
    document.title_sl, document.title_en = texts.EVIDENCE["sl"], texts.EVIDENCE["en"]
    document.url = f"https://example.org/evidence/{at:%Y-%m-%d}"
    write(document, at)


def _reports(stage: Stage, measures: list[Measure], projects: list[Project]) -> Iterator[Act]:
    subjects = [{"measure": m} for m in measures[::2]] + [{"project": p} for p in projects[:3]]
    for number, subject in enumerate(subjects):
        state, words = texts.REPORTS[number % len(texts.REPORTS)]
        day = stage.after_start(20 + (number * 13) % 155)
        yield Act(day, _report(stage, number, subject, day, state, words))


def _report(stage: Stage, number: int, subject: dict, day: date, state: str, words: texts.Words):
    author = stage.office(number).owner

    def report(at: datetime) -> None:
        row = ProgressReport(
            **subject,
            **in_columns("text", words),
            date=day,
            claimed_state=state,
            author=author,
            publication=Publication.PUBLISHED,
        )
        write(row, at, by=author)
        if number % 2 == 0:
            _prove(Evidence(report=row), at)

    return report


def _criteria(stage: Stage, indicators: list[Indicator]) -> Iterator[Act]:
    """One indicator is judged by criteria of its own, later by stricter ones."""
    numeric = [one for one in indicators if one.is_numeric and one.has_target_value]
    shares = [("0.8", "0.5"), ("0.9", "0.7")]
    days = [stage.after_start(15), stage.ago(45)]
    for one in numeric[2:3] or numeric[:1]:
        for day, words, (at_risk, behind) in zip(days, texts.CRITERIA, shares, strict=True):
            row = CriteriaVersion(
                indicator=one,
                valid_from=day,
                at_risk_below=Decimal(at_risk),
                behind_below=Decimal(behind),
                **in_columns("text", words),
            )
            yield Act(day, lambda at, row=row: write(row, at))


def _override(stage: Stage, measures: list[Measure]) -> Iterator[Act]:
    """Somebody knows more than the numbers say, for a time."""
    for measure in measures[1:2]:
        row = Override(
            measure=measure,
            state=ProgressState.AT_RISK,
            name=stage.office(0).owner.display_name,
            starts_on=stage.ago(38),
            expires_on=stage.ago(-60),
            by=stage.office(0).owner,
            **in_columns("reason", texts.OVERRIDE),
        )
        yield Act(row.starts_on, lambda at, row=row: write(row, at, by=row.by))


def _confirmations(stage: Stage, subjects: list) -> Iterator[Act]:
    for number, subject in enumerate(subjects):
        row = Confirmation(
            **{subject._meta.model_name: subject},
            on=stage.ago(12 + 9 * number),
            by=stage.office(number).owner,
            **in_columns("sentence", texts.CONFIRMED),
        )
        yield Act(row.on, lambda at, row=row: write(row, at, by=row.by))


def _milestones(stage: Stage, number: int, project: Project) -> Iterator[Act]:
    """Steps of a project: planned at the start, ticked off when done; the second one late."""
    for days, words in texts.MILESTONES:
        due = stage.ago(number * 7 - days)
        row = Milestone(project=project, due=due.isoformat(), **in_columns("title", words))
        yield Act(stage.after_start(2), lambda at, row=row: write(row, at))
        if days < -100 or (days < 0 and number):
            done = max(stage.after_start(3), min(due + timedelta(days=4), stage.ago(1)))
            yield Act(done, lambda at, row=row, done=done: _finish(row, done, at))


def _finish(row: Milestone, done: date, at: datetime) -> None:
    row.done_on = done
    write(row, at)
