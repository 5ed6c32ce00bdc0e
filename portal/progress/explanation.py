"""The parts of a "why" page: what was used, by which rule, and the sum line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from indicators.calculations.criteria import VERSION
from indicators.models import Assessment, CriteriaVersion
from portal.common.languages import text_in

from .services.children import Below
from .services.plan import MODELS
from .shown import ShownProgress
from .words import OUTCOMES, amount, period_words, step_sentence

SHOWN_HISTORY = 50


@dataclass(frozen=True)
class Part:
    """One child of a level with the record it is about, None where that is gone or hidden."""

    below: Below
    record: Model | None

    @property
    def title(self) -> str:
        if self.record is None:
            return ""
        return text_in(self.record, "name" if hasattr(self.record, "name_sl") else "title")


def explanation(shown: ShownProgress, user) -> dict[str, Any]:
    """Return the context of a "why" page; the same number of queries for any number of children."""
    context: dict[str, Any] = {"shown": shown, "history": history(shown)}
    if shown.assessment is None:
        return context
    context["steps"] = [step_sentence(step) for step in shown.steps]
    if shown.inputs:
        return context | _of_indicator(shown)
    return context | {"parts": parts(shown.children, user)}


def _of_indicator(shown: ShownProgress) -> dict[str, Any]:
    inputs = shown.inputs
    return {
        "inputs": inputs,
        "aims": [
            {"words": amount(aim.operator, aim.value, aim.high), "aim": aim} for aim in inputs.aims
        ],
        "observations": [
            {"period": period_words(seen.period), "seen": seen}
            for seen in reversed(inputs.observations)
        ],
        "periods": [
            {
                "label": period_words(period.label),
                "outcome": OUTCOMES[period.outcome],
                "period": period,
            }
            for period in shown.result.periods
        ],
        "criteria": inputs.criteria,
        "criteria_text": criteria_text(shown),
        "is_default_rule": inputs.criteria.version == VERSION,
    }


def criteria_text(shown: ShownProgress) -> CriteriaVersion | None:
    """Return the written version that was in force, with its words; None for the default."""
    version = shown.inputs.criteria.version
    if version == VERSION:
        return None
    return shown.record.criteria.filter(valid_from=version).first()


def parts(children: Sequence[Below], user) -> list[Part]:
    """Find the records that the children were; one query for each kind of them."""
    found: dict[tuple[str, int], Model] = {}
    for level in {below.subject.level for below in children}:
        keys = [below.subject.pk for below in children if below.subject.level == level]
        records = MODELS[level].objects.visible_to(user).filter(pk__in=keys)
        found |= {(level, record.pk): record for record in _with_place(records, level)}
    return [Part(below, found.get(tuple(below.subject))) for below in children]


def _with_place(records, level: str):
    if level == "objective":
        return records.select_related("goal")
    return records.with_place() if hasattr(records, "with_place") else records


def history(shown: ShownProgress) -> list[Assessment]:
    """Return the assessments until the moment of the page, the latest first."""
    rows = shown.record.assessments.of(shown.record).without_inputs()
    return list(rows.until(shown.moment.at)[:SHOWN_HISTORY])
