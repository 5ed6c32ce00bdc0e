"""How far an indicator is, by rules that its reader can redo: pure arithmetic, no Django."""

from .assess import assess, used_inputs
from .criteria import DEFAULTS
from .rollup import Child, Rolled, roll_up
from .types import (
    Accumulation,
    Aim,
    Baseline,
    Criteria,
    Direction,
    Inputs,
    Kind,
    Observed,
    Operator,
    Outcome,
    Per,
    PeriodResult,
    Reason,
    Result,
    State,
    Step,
    StepCode,
)

__all__ = [
    "DEFAULTS",
    "Accumulation",
    "Aim",
    "Baseline",
    "Child",
    "Criteria",
    "Direction",
    "Inputs",
    "Kind",
    "Observed",
    "Operator",
    "Outcome",
    "Per",
    "PeriodResult",
    "Reason",
    "Result",
    "Rolled",
    "State",
    "Step",
    "StepCode",
    "assess",
    "roll_up",
    "used_inputs",
]
