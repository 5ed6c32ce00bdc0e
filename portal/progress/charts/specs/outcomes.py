"""What became of a period: its word, its sign and its colour."""

from indicators.calculations.types import Outcome

from ...words import OUTCOMES
from ..signs import sign
from ..theme import token

_SIGNS = {
    Outcome.KEPT: ("achieved", token("achieved")),
    Outcome.MISSED: ("discontinued", token("behind")),
    Outcome.UNKNOWN: ("no_data", token("quiet")),
    Outcome.RUNNING: ("in_progress", token("accent")),
    Outcome.COMING: ("not_started", token("field-border")),
}


def outcome_word(outcome: Outcome) -> str:
    return str(OUTCOMES[outcome.value])


def outcome_mark(outcome: Outcome, pixels: int = 16) -> dict:
    """Return the sign of an outcome as a Vega-Lite point."""
    name, colour = _SIGNS[outcome]
    return sign_mark(name, colour, pixels)


def sign_mark(name: str, colour: str, pixels: int = 16) -> dict:
    """Return a sign of the interface, so many pixels wide, as a Vega-Lite point."""
    return {
        "shape": sign(name),
        "size": pixels * pixels,
        "fill": "transparent",
        "stroke": colour,
        "strokeWidth": 1.6,
        "opacity": 1,
    }
