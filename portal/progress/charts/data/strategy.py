"""The chart of the strategy: measures, projects and milestones along time."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.models import Strategy
from indicators.models import Indicator
from measures.models import Measure
from portal.common.moment import Moment
from portal.common.partial_dates import span_or_none
from portal.common.states import ProgressState

from ..figures import Figure, Row, Span, Table, Timeline
from ..specs.rows import is_late
from .project import late_sentence, milestones_of

MOST = 40  # rows of one kind that a picture can show; the table has all


def strategy_figures(record: Strategy, moment: Moment) -> list[Figure]:
    measures, projects = _measures(record, moment), _projects(record, moment)
    spans = [*measures, *projects]
    return [
        Timeline(
            title=record.title or "",
            finding=_finding(measures, projects, moment),
            table=_table(spans),
            today=moment.day,
            is_sample=any(span.is_sample for span in spans),
            measures=_nearest(measures, moment.day),
            projects=_nearest(projects, moment.day),
        )
    ]


def _measures(strategy: Strategy, moment: Moment) -> list[Span]:
    """Measures in force, from the strategy's first day to their last target, else its last day."""
    start, end = _ends(strategy)
    measures = strategy.measures.public().with_progress(moment.at)
    active = [m for m in measures if m.lifecycle == Measure.Lifecycle.ACTIVE]
    due = dict(
        Indicator.objects.public()
        .filter(measure__in=active)
        .order_by()
        .values_list("measure")
        .annotate(Max("targets__due_on"))
    )
    spans = []
    for measure in active:
        last = due.get(measure.pk) or end
        shown = measure.progress
        if start and last and last >= start:
            state = shown.state if shown else ProgressState.NO_DATA.value
            title = f"{measure.code} {measure.title or ''}"
            is_sample = bool(shown and shown.is_sample)
            spans.append(Span(title, start, last, state, is_sample=is_sample))
    return spans


def _projects(strategy: Strategy, moment: Moment) -> list[Span]:
    """Projects of which a day is known; the strategy's own stands for one that is not."""
    begins, ends = _ends(strategy)
    spans = []
    for project in strategy.projects.public().for_page():
        start, end = span_or_none(project.start), span_or_none(project.end)
        events = tuple(e for e in milestones_of(project, moment) if e.due_on or e.done_on)
        first, last = start.start if start else begins, end.end if end else ends
        if (start or end or events) and first and last and first <= last:
            invented = project.organisation is not None and project.organisation.is_sample
            is_sample = invented or any(event.is_sample for event in events)
            spans.append(Span(project.title or "", first, last, "", events, is_sample))
    return spans


def _ends(strategy: Strategy) -> tuple[date | None, date | None]:
    start, end = span_or_none(strategy.period_start), span_or_none(strategy.period_end)
    return start.start if start else None, end.end if end else None


def _nearest(spans: Sequence[Span], today: date) -> tuple[Span, ...]:
    """Choose what a picture can show: what ends next goes before what has ended."""
    month = today.replace(day=1)
    ranked = sorted(spans, key=lambda span: (span.end < month, span.end))
    chosen = {id(span) for span in ranked[:MOST]}
    return tuple(span for span in spans if id(span) in chosen)


def _finding(measures: Sequence[Span], projects: Sequence[Span], moment: Moment) -> str:
    late = sum(is_late(event, moment.day) for span in projects for event in span.marks)
    sentences = [
        ngettext("%(count)s measure.", "%(count)s measures.", len(measures))
        % {"count": len(measures)},
        ngettext("%(count)s project.", "%(count)s projects.", len(projects))
        % {"count": len(projects)},
    ]
    if late:
        sentences.append(late_sentence(late))
    return " ".join(sentences)


def _table(spans: Sequence[Span]) -> Table:
    columns = (
        _("Measure or project"),
        _("Start"),
        _("End or due day"),
        _("Done on"),
        _("Status"),
    )
    rows = []
    for span in spans:
        state = str(ProgressState(span.state).label) if span.state else ""
        rows.append(Row((span.title, span.start, span.end, None, state), span.is_sample))
        for event in span.marks:
            name = _("milestone: %(title)s") % {"title": event.title}
            rows.append(Row((name, None, event.due_on, event.done_on, ""), event.is_sample))
    return Table(columns, tuple(rows))
