"""The calculations stand alone, and their words are those of the models and the explanations."""

import ast
import re
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from indicators.calculations import (
    Accumulation,
    Direction,
    Kind,
    Operator,
    Per,
    State,
    StepCode,
    assess,
    roll_up,
)
from indicators.models import Indicator, Target
from portal.common.states import ProgressState
from tests.indicators.calculations.test_properties import days, everything
from tests.indicators.calculations.test_rollup import children as make_children
from tests.repository.source import ROOT

PACKAGE = ROOT / "indicators/calculations"
CODES = (PACKAGE / "codes.py").read_text()


def documented() -> dict[str, tuple[set[str], set[str]]]:
    """Needed and possible keys of each step, as the comments beside the codes name them."""
    steps = CODES.partition("class StepCode")[2]
    lines = re.findall(r"^    [A-Z_]+ = \"(\w+)\"(?:  # (.*))?$", steps, re.MULTILINE)
    return {code: keys(re.sub(r" \(.*?\)", "", comment)) for code, comment in lines}


def keys(comment: str) -> tuple[set[str], set[str]]:
    names = comment.split(", ") if comment else []
    return {n for n in names if not n.endswith("*")}, {n.removesuffix("*") for n in names}


DOCUMENTED = documented()


def imported(source: str) -> set[str]:
    """Top packages that a module imports from outside its own package."""
    nodes = list(ast.walk(ast.parse(source)))
    names = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    names += [n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.level == 0]
    climbing = ["parent" for n in nodes if isinstance(n, ast.ImportFrom) and n.level > 1]
    return {name.partition(".")[0] for name in [*names, *climbing]}


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.name)
def test_imports_only_the_standard_library(path):
    assert imported(path.read_text()) <= sys.stdlib_module_names


@pytest.mark.parametrize("source", ["import django.db", "from ..models import Indicator"])
def test_notices_an_import_from_outside(source):
    assert not imported(source) <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Kind, Indicator.Kind),
        (Direction, Indicator.Direction),
        (Operator, Target.Operator),
        (State, ProgressState),
    ],
)
def test_words_are_those_of_the_models(ours, theirs):
    assert [*ours] == theirs.values


def test_targets_hold_for_what_the_models_allow():
    assert [*Per] == ["", *Target.Per.values]
    assert [*Accumulation] == Indicator.Accumulation.values


def test_every_step_is_documented():
    assert DOCUMENTED.keys() == set(StepCode)


@given(everything, days)
def test_steps_have_the_values_that_are_documented(inputs, on):
    steps = assess(inputs, on).steps

    for step in steps:
        needed, possible = DOCUMENTED[step.code]
        assert needed <= step.values.keys() <= possible
        assert all(isinstance(v, Decimal | date | int | str) for v in step.values.values())


@pytest.mark.parametrize("children", ["", "A?", "AX", "BBT", "???"])
def test_steps_of_a_roll_up_too(children):
    steps = roll_up(make_children(children, fraction=None if "?" in children else "0.5")).steps

    for step in steps:
        needed, possible = DOCUMENTED[step.code]
        assert needed <= step.values.keys() <= possible
