"""Sample data stays out of the file of a strategy, and so does what points to it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q

from goals.models import Strategy
from indicators.models import Observation
from measures.models import BudgetLine, Milestone
from portal.accounts.models import Organisation
from portal.common.models import AuditEntry, Sampled

# What the sample data says of real records, besides who answers for them.
INVENTED = {"update_rhythm", "status", "start", "end"}


def without_sample(rows: Iterable[Sampled]) -> list[Any]:
    return [row for row in rows if not row.is_sample]


def take_back(records: Iterable[Model]) -> None:
    """Give real records the values that they had before the sample data; nothing is saved.

    The history tells which they are. What somebody has changed since stays.
    """
    told = AuditEntry.objects.filter(
        source=AuditEntry.Source.SAMPLE, action=AuditEntry.Action.CHANGED
    )
    changes = {(entry.model, entry.object_id): entry.changes for entry in told.order_by("-pk")}
    for record in records:
        for column, (before, after) in changes.get(_name(record), {}).items():
            if column in INVENTED and getattr(record, column) == after:
                setattr(record, column, before or "")


def _name(record: Model) -> tuple[str, str]:
    return record._meta.label_lower, str(record.pk)


def count_left_out(strategy: Strategy, organisations: Iterable[Organisation]) -> int:
    """How many records of the sample data the file of ``strategy`` would otherwise hold."""
    of_work = Q(measure__strategy=strategy) | Q(project__strategy=strategy)
    rows = (
        Observation.objects.filter(indicator__strategy=strategy, is_sample=True),
        BudgetLine.objects.filter(of_work, is_sample=True),
        Milestone.objects.filter(project__strategy=strategy, is_sample=True),
    )
    return sum(o.is_sample for o in organisations) + sum(found.count() for found in rows)


def without_references(tree: Any, codes: set[str]) -> Any:
    """The tree without what names an organisation with one of the ``codes``."""
    if isinstance(tree, list):
        return [without_references(item, codes) for item in tree]
    if not isinstance(tree, dict):
        return tree
    kept = {key: without_references(value, codes) for key, value in tree.items()}
    for key in ("responsible", "parent"):
        if kept.get(key) in codes:
            kept[key] = None
    if "partners" in kept:
        kept["partners"] = [partner for partner in kept["partners"] if partner not in codes]
    return kept
