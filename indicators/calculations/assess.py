"""The state of one indicator on one day. ``docs/progress.md`` tells the rules in words."""

from datetime import date

from .types import Inputs, Result


def assess(inputs: Inputs, on: date) -> Result:
    """Judge what was known by the end of ``on``; observations that begin later are ignored."""
    raise NotImplementedError


def used_inputs(inputs: Inputs, on: date) -> Inputs:
    """Return the inputs without what had no part in the result, which stays the same."""
    raise NotImplementedError
