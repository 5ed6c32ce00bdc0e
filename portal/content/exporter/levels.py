"""Goals, objectives, measures, indicators and projects as the file writes them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from goals.models import Goal, Objective
from goals.models.preparation import FileItem
from indicators.models import Indicator, Observation, Target
from measures.models import BudgetLine, Measure, Project
from portal.content.exporter.sample import without_sample
from portal.content.exporter.values import (
    Tree,
    codes,
    day,
    euros,
    number,
    owner,
    published_status,
    state,
    text,
    words,
)


def goal(record: Goal) -> Tree:
    return {
        "code": record.code,
        "slug": text(record, "slug"),
        "title": text(record, "title"),
        "summary": text(record, "summary"),
        "source": words(record.source),
        "published": str(record.content_state),
        "published_note": text(record, "content_note"),
        "published_status": published_status(record),
        "commitments": [
            {"text": text(line, "text"), "source": words(line.source)}
            for line in in_file_order(record.commitments.all())
        ],
        "indicators": indicators(record),
        "objectives": [objective(o) for o in as_entered(record.objectives.all())],
        **state(record),
    }


def objective(record: Objective) -> Tree:
    return {
        "code": record.code,
        "slug": text(record, "slug"),
        "title": text(record, "title"),
        "summary": text(record, "summary"),
        "source": words(record.source),
        "published_status": published_status(record),
        "facts": [
            {
                "text": text(fact, "text"),
                "value": number(fact.value),
                "unit": words(fact.unit),
                "date": words(fact.date),
                "source": words(fact.source),
            }
            for fact in in_file_order(record.facts.all())
        ],
        "indicators": indicators(record),
        "measures": [measure(m) for m in as_entered(record.measures.all())],
        **state(record),
    }


def measure(record: Measure) -> Tree:
    ended = record.lifecycle != Measure.Lifecycle.ACTIVE
    return {
        "code": record.code,
        "slug": text(record, "slug"),
        "title": text(record, "title"),
        "description": text(record, "description"),
        "source": words(record.source),
        **owner(record),
        "partners": record.partners,
        "published_status": published_status(record),
        "budget": budget(record.budget.all()),
        "indicators": indicators(record),
        "change": change(record) if ended and not record.amendment_id else None,
        **state(record),
    }


def change(record: Measure) -> Tree:
    """What became of a measure that is no longer in force."""
    return {
        "kind": str(record.lifecycle),
        "reason": text(record, "lifecycle_reason"),
        "successors": codes(record.successors.all()),
    }


def project(record: Project) -> Tree:
    return {
        "slug": text(record, "slug"),
        "title": text(record, "title"),
        "summary": text(record, "summary"),
        "goals": codes(record.goals.all()),
        "objectives": codes(record.objectives.all()),
        "measures": codes(record.measures.all()),
        **owner(record),
        "partners": record.partners,
        "published_on": day(record.published_on),
        "status": words(record.status),
        "start": words(record.start),
        "end": words(record.end),
        "budget": budget(record.budget.all()),
        "milestones": [
            {"title": text(step, "title"), "due": words(step.due), "done": day(step.done_on)}
            for step in as_entered(without_sample(record.milestones.all()))
        ],
        "source": words(record.source),
        **state(record),
    }


def budget(lines: Iterable[BudgetLine]) -> list[Tree]:
    return [
        {
            "year": number(line.year),
            "planned": euros(line.planned),
            "committed": euros(line.committed),
            "spent": euros(line.spent),
            "source": words(line.source),
        }
        for line in as_entered(without_sample(lines))
    ]


def indicators(holder: Goal | Objective | Measure) -> list[Tree]:
    return [indicator(record) for record in as_entered(holder.indicators.all())]


def indicator(record: Indicator) -> Tree:
    baseline = {
        "value": number(record.baseline_value),
        "date": words(record.baseline_date),
        "source": words(record.baseline_source),
    }
    targets = map(target, as_entered(record.targets.all()))
    return {
        "code": record.code,
        "slug": text(record, "slug"),
        "name": text(record, "name"),
        "kind": str(record.kind),
        "unit": text(record, "unit"),
        "target": [written for written in targets if written],
        "direction": str(record.direction),
        "accumulation": words(record.accumulation),
        **availability(record),
        "baseline": baseline if baseline["value"] is not None else None,
        "observations": [
            observation(o) for o in as_entered(without_sample(record.observations.all()))
        ],
        **owner(record),
        "note": text(record, "note"),
        **state(record),
    }


def availability(record: Indicator) -> Tree:
    """Only what is not measured says so, and why."""
    if record.availability == Indicator.Availability.MEASURED:
        return {}
    return {
        "availability": str(record.availability),
        "availability_reason": text(record, "availability_reason"),
    }


def target(record: Target) -> Tree:
    """Empty where a target says neither value nor words nor date: the file has no such target."""
    value = number(record.value)
    bounds = {"between": [value, number(record.value_high)]}
    operators = {
        Target.Operator.WORDS: {},
        Target.Operator.BETWEEN: bounds,
    }
    written = {
        **operators.get(record.operator, {str(record.operator): value}),
        "by": words(record.by),
        "text": text(record, "text"),
    }
    if not any(written.values()):
        return {}
    return {
        **written,
        "per": words(record.per),
        "event": text(record, "event") if record.per == Target.Per.EVENT else None,
        "units": number(record.units),
        "by_precision": words(record.by_precision),
    }


def observation(record: Observation) -> Tree:
    return {
        "period": record.period,
        "value": number(record.value),
        "source": words(record.source),
        "note": text(record, "note"),
        "provisional": True if record.provisional else None,
    }


def as_entered(rows: Iterable[Model]) -> list[Any]:
    """In the order of the file that brought them; what came later stands last."""
    return sorted(rows, key=lambda row: row.pk)


def in_file_order(lines: Iterable[FileItem]) -> list[Any]:
    """Lines without codes have a place of their own."""
    return sorted(lines, key=lambda line: (line.position, line.pk))
