"""Comparing what is stored with what follows from the records, without writing anything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from indicators.models import Assessment

from .judgement import CONTENT, Judgement, judge_again
from .recompute import Change, recompute_all

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


def differences(
    since: date | None = None, on_step: Callable[[int], None] = lambda done: None
) -> list[Difference]:
    """Return where stored progress differs from recomputed progress.

    What is in force is compared with the records as they are now; every assessment of the past
    (from ``since`` on) with the inputs that it has kept itself.
    """
    found: list[Difference] = []

    def keep(changes: list[Change]) -> int:
        found.extend(line for change in changes for line in _of_change(change))
        return len(changes)

    recompute_all(keep=keep, on_step=on_step)
    return found + list(_in_history(since))


def _of_change(change: Change) -> list[Difference]:
    stored, name = change.stored, str(change.subject)
    if stored is None:
        return [Difference(name, None, "state", None, change.judgement.state)]
    return _compare(name, stored, change.judgement, set())


def _in_history(since: date | None):
    rows = Assessment.objects.order_by("pk")
    if since:
        start = datetime.combine(since, time(), timezone.get_default_timezone())
        rows = rows.filter(valid_from__gte=start)
    for stored in rows.iterator(chunk_size=500):
        level = stored.level
        name = f"{level}:{getattr(stored, f'{level}_id')}"
        try:
            again = judge_again(stored, timezone.localdate(stored.valid_from))
        except (KeyError, ValueError, TypeError, ArithmeticError) as error:
            yield Difference(name, stored.valid_from, "inputs", "unreadable", repr(error))
            continue
        yield from _compare(name, stored, again, {"inputs", *_GIVEN})
        yield from _shown_state(name, stored)


def _compare(name: str, stored: Assessment, again: Judgement, leave_out: set[str]):
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


def _shown_state(name: str, stored: Assessment):
    told = stored.inputs.get("override")
    if told and told["state"] != stored.state:
        yield Difference(name, stored.valid_from, "state", stored.state, told["state"])
