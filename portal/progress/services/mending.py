"""Putting right what somebody has changed in stored assessments, past the portal.

An assessment keeps what it was judged from, so that its content can be told again. That is not
rewriting the past: it is what was shown before the row was touched. Each repair is in the history.
"""

from collections.abc import Iterable

from django.utils import timezone

from indicators.models import Assessment
from portal.common.models import AuditEntry
from portal.common.services import remember

from .consistency import wrong_in
from .judgement import judge_again

# A person or the sample has said these; they do not follow from the inputs.
_GIVEN = {"override_id", "is_sample", "inputs", "state"}


def mend(stored: Assessment) -> bool:
    """Restore an assessment that does not follow from its own inputs; say whether it did not.

    One whose inputs cannot be read any more is deleted while it is in force, so that it is judged
    anew; of the past it stays, and the check goes on to name it.
    """
    faults = wrong_in(stored)
    if not faults:
        return False
    if any(fault.column == "inputs" for fault in faults):
        if stored.valid_to is None:
            _tell(stored, faults)
            stored.delete()
        return True
    again = judge_again(stored, timezone.localdate(stored.valid_from))
    for name, value in again.content().items():
        if name not in _GIVEN:
            setattr(stored, name, value)
    stored.expected = again.expected
    stored.state = stored.inputs.get("override", {}).get("state", again.computed_state)
    stored.save()
    _tell(stored, faults)
    return True


def mend_all(rows: Iterable[Assessment]) -> int:
    """Restore every one of ``rows`` that was changed by hand; return how many there were."""
    return sum(mend(stored) for stored in rows)


def _tell(stored: Assessment, faults) -> None:
    changes = {
        fault.column: [str(value)[:200] for value in (fault.stored, fault.recomputed)]
        for fault in faults
    }
    action, source = AuditEntry.Action.CHANGED, AuditEntry.Source.TASK
    remember(record=stored, action=action, changes=changes, by=None, source=source)
