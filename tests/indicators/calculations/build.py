"""Short words for inputs, so that a case reads as one line."""

from datetime import date
from decimal import Decimal

from indicators.calculations import DEFAULTS, Aim, Baseline, Inputs, Kind, Observed, Operator
from portal.common.partial_dates import parse_period

BEGINS, ENDS = date(2023, 1, 1), date(2027, 12, 31)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def seen(period: str, value, *, provisional=False) -> Observed:
    span = parse_period(period)
    return Observed(period, span.start, span.end, Decimal(str(value)), provisional)


def data(text: str) -> tuple[Observed, ...]:
    """Read observations from ``2024=5 2025-03=0.5``."""
    return tuple(seen(*part.split("=")) for part in text.split())


def aim(operator: str, value=None, by: str | None = None, per: str = "", **more) -> Aim:
    value = None if value is None else Decimal(str(value))
    return Aim(Operator(operator), value, per=per, due_on=day(by), **more)


def at_least(value, by=None, per="", **more) -> Aim:
    return aim("at_least", value, by, per, **more)


def at_most(value, by=None, per="", **more) -> Aim:
    return aim("at_most", value, by, per, **more)


def exactly(value, by=None, per="", **more) -> Aim:
    return aim("exactly", value, by, per, **more)


def between(low, high, by=None, per="") -> Aim:
    return aim("between", low, by, per, high=Decimal(str(high)))


def baseline(value, on: str | None = None) -> Baseline:
    return Baseline(Decimal(str(value)), day(on))


def inputs(*aims: Aim, observed="", kind="count", **more) -> Inputs:
    """An indicator of the strategy 2023 to 2027 with the default criteria of its kind."""
    kind = Kind(kind)
    defaults = {"criteria": DEFAULTS[kind], "begins": BEGINS, "ends": ENDS}
    return Inputs(kind, aims=aims, observations=data(observed), **(defaults | more))


def steps(result, code: str) -> list[dict]:
    """The values of all steps with this code."""
    return [dict(step.values) for step in result.steps if step.code == code]
