"""Whether an assessment says what follows from the inputs that it has kept itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from indicators.models import Assessment

from .judgement import CONTENT, Judgement, judge_again

# Told by a person, not computed; the reason for it is compared as part of the inputs.
_GIVEN = {"override_id", "is_sample"}


@dataclass(frozen=True)
class Difference:
    """One column of one assessment that is not what it should be."""

    subject: str
    moment: datetime | None
    column: str
    stored: Any
    recomputed: Any


def wrong_in(stored: Assessment) -> list[Difference]:
    """Return where an assessment does not follow from the inputs that it has kept itself."""
    try:
        again = judge_again(stored, timezone.localdate(stored.valid_from))
    except (KeyError, ValueError, TypeError, ArithmeticError) as error:
        return [Difference(name_of(stored), stored.valid_from, "inputs", "unreadable", repr(error))]
    return [
        *compare(name_of(stored), stored, again, {"inputs", *_GIVEN}),
        *_shown_state(name_of(stored), stored),
    ]


def name_of(stored: Assessment) -> str:
    """Return the key of what is assessed: ``indicator:12``."""
    level, pk = stored.subject_key
    return f"{level}:{pk}"


def compare(
    name: str, stored: Assessment, again: Judgement, leave_out: set[str]
) -> list[Difference]:
    """Return the columns in which ``stored`` is not as judged ``again``; some are left out."""
    computed = again.content() | {"expected": again.expected}
    columns = [column for column in (*CONTENT, "expected") if column not in leave_out]
    if "inputs" not in leave_out:
        columns.remove("expected")  # it moves every day; the history compares it
    elif "override" in stored.inputs:
        columns.remove("state")
    return [
        Difference(name, stored.valid_from, column, getattr(stored, column), computed[column])
        for column in columns
        if getattr(stored, column) != computed[column]
    ]


def _shown_state(name: str, stored: Assessment) -> Iterator[Difference]:
    told = stored.inputs.get("override")
    if told and told["state"] != stored.state:
        yield Difference(name, stored.valid_from, "state", stored.state, told["state"])
