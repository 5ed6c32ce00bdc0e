"""The chart of a project: its milestones."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.models import Project
from portal.common.moment import Moment
from portal.common.partial_dates import span_or_none

from ..figures import Event, Figure, Milestones
from ..specs.rows import is_late
from .tables import event_table


def project_figures(record: Project, moment: Moment) -> list[Figure]:
    events = milestones_of(record, moment)
    start, end = span_or_none(record.start), span_or_none(record.end)
    return [
        Milestones(
            title=record.title or "",
            finding=milestones_finding(events, moment),
            table=event_table(events),
            today=moment.day,
            is_sample=any(event.is_sample for event in events),
            events=events,
            begins=start.start if start else None,
            ends=end.end if end else None,
        )
    ]


def milestones_of(record: Project, moment: Moment) -> tuple[Event, ...]:
    """Return the steps of a project; what was done after the moment was not done then."""
    return tuple(
        Event(
            title=milestone.title or "",
            due_on=milestone.due_on,
            done_on=_if_past(milestone.done_on, moment),
            is_sample=milestone.is_sample,
        )
        for milestone in record.milestones.all()
    )


def _if_past(day, moment: Moment):
    return day if day and day <= moment.day else None


def milestones_finding(events: tuple[Event, ...], moment: Moment) -> str:
    """Say how many are done and how many are overdue."""
    if not events:
        return _("No milestones have been published.")
    done = sum(1 for event in events if event.done_on)
    late = sum(1 for event in events if is_late(event, moment.day))
    sentences = [
        ngettext(
            "%(done)s of %(count)s milestone is done.",
            "%(done)s of %(count)s milestones are done.",
            len(events),
        )
        % {"done": done, "count": len(events)}
    ]
    if late:
        sentences.append(late_sentence(late))
    return " ".join(sentences)


def late_sentence(count: int) -> str:
    return ngettext(
        "%(count)s milestone is overdue and not known to be done.",
        "%(count)s milestones are overdue and not known to be done.",
        count,
    ) % {"count": count}
