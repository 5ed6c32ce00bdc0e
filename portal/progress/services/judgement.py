"""What is to be stored about an indicator or a level: pure, from what the database has given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from indicators.calculations.assess import assess, used_inputs
from indicators.calculations.rollup import roll_up
from indicators.calculations.types import Inputs, Reason, State
from indicators.models import Assessment, Override

from .children import Below

# What makes an assessment another one; ``expected`` alone moves every day and is computed anew.
CONTENT = (
    *("state", "computed_state", "override_id", "fraction", "reason", "criteria_version"),
    *("inputs", "counts", "leaves", "is_sample"),
)


@dataclass
class Judgement:
    """The content of an assessment, named like its columns."""

    computed_state: str
    reason: str
    fraction: Decimal | None
    inputs: dict[str, Any]
    expected: Decimal | None = None
    criteria_version: str = ""
    counts: dict[str, int] | None = None
    leaves: int = 1
    is_sample: bool = False
    override: Override | None = None

    @property
    def override_id(self) -> int | None:
        return self.override.pk if self.override else None

    @property
    def state(self) -> str:
        """What is shown: the state that a person has set, else the computed one."""
        return str(self.override.state) if self.override else self.computed_state

    def content(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in CONTENT} | {"counts": self.counts or {}}

    def equals(self, stored: Assessment | None) -> bool:
        """Say whether ``stored`` says the same."""
        return stored is not None and all(
            getattr(stored, name) == value for name, value in self.content().items()
        )

    def with_override(self, override: Override | None) -> "Judgement":
        """Put the state that a person has set, if any, beside the computed one."""
        self.override = override
        if override:
            self.inputs["override"] = _told(override)
            self.is_sample |= override.is_sample
        return self


def _told(override: Override) -> dict[str, Any]:
    return {
        "state": str(override.state),
        "name": override.name,
        "reason": {"sl": override.reason_sl, "en": override.reason_en},
        "from": override.starts_on.isoformat(),
        "until": override.expires_on.isoformat(),
    }


def judge_indicator(inputs: Inputs, on: date, *, is_sample: bool) -> Judgement:
    """Judge an indicator on a day and keep what the judgement used."""
    result = assess(inputs, on)
    return Judgement(
        computed_state=str(result.state),
        reason=str(result.reason),
        fraction=result.fraction,
        expected=result.expected,
        inputs={"indicator": used_inputs(inputs, on).to_json()},
        criteria_version=inputs.criteria.version,
        is_sample=is_sample,
    )


def judge_level(children: Sequence[Below], *, has_ended: bool = False) -> Judgement:
    """Judge a measure, an objective, a goal or the strategy from its public children."""
    rolled = roll_up([below.child for below in children])
    return Judgement(
        computed_state=str(State.DISCONTINUED if has_ended else rolled.state),
        reason=str(Reason.DISCONTINUED if has_ended else rolled.reason),
        fraction=None if has_ended else rolled.fraction,
        inputs={"children": [below.to_json() for below in children], "has_ended": has_ended},
        counts={str(state): count for state, count in rolled.counts.items()},
        leaves=sum(below.leaves for below in children),
        is_sample=any(below.is_sample for below in children),
    )


def judge_again(stored: Assessment, on: date) -> Judgement:
    """Judge from what ``stored`` itself says it used; equal to it unless somebody changed it."""
    if "indicator" in stored.inputs:
        inputs = Inputs.from_json(stored.inputs["indicator"])
        again = judge_indicator(inputs, on, is_sample=stored.is_sample)
    else:
        children = [Below.from_json(child) for child in stored.inputs["children"]]
        again = judge_level(children, has_ended=stored.inputs["has_ended"])
    again.is_sample = stored.is_sample
    return again
