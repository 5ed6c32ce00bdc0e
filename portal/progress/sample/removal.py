"""Taking the sample away, so that nothing is left of it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import pairwise

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from goals.models import Strategy
from indicators.models import Assessment, Indicator
from measures.models import Measure, Project
from portal.accounts.models import Membership, Organisation, Owned
from portal.common.models import AuditEntry, Event, EvidenceDocument

from ..charts.files import drop
from ..models import Chart
from ..services.judgement import CONTENT, judge_again
from ..services.recompute import recompute_all

# Referred to by real records: they go last, when nothing does any more.
CAST = (Organisation, get_user_model())
REAL: tuple[type[Owned], ...] = (Measure, Project, Indicator)


def sampled_models() -> list[type[models.Model]]:
    """All tables whose rows can be sample data, those that others refer to last."""
    found = [
        model
        for model in apps.get_models()
        if any(field.name == "is_sample" for field in model._meta.concrete_fields)
    ]
    return [*(model for model in found if model not in CAST), *CAST]


def sample_rows(model: type[models.Model]) -> models.QuerySet:
    return model._base_manager.filter(is_sample=True)


def what_would_go() -> tuple[dict[str, int], int]:
    """Return the number of sample rows by their kind, and how many changes staff have made there.

    The latter are changes of sample rows, and real rows that hang on one: they go with it.
    """
    rows: dict[str, int] = {}
    touched = 0
    for model in sampled_models():
        keys = list(sample_rows(model).values_list("pk", flat=True))
        if keys:
            rows[str(model._meta.verbose_name_plural)] = len(keys)
            touched += _history_of(model, keys).exclude(source=AuditEntry.Source.SAMPLE).count()
            touched += sum(real.count() for real in _real_rows_on(model))
    return rows, touched + _roles_in_the_cast().count()


def _history_of(model: type[models.Model], keys: list[int]) -> models.QuerySet:
    ids = [str(key) for key in keys]
    return AuditEntry.objects.filter(model=model._meta.label_lower, object_id__in=ids)


def _real_rows_on(model: type[models.Model]) -> Iterator[models.QuerySet]:
    """Rows that are no sample and would go with a sample row of ``model``."""
    for relation in model._meta.related_objects:
        own = relation.related_model
        if relation.on_delete is models.CASCADE and own in sampled_models():
            yield own._base_manager.filter(
                **{f"{relation.field.name}__is_sample": True, "is_sample": False}
            )


def _roles_in_the_cast() -> models.QuerySet:
    """The roles that staff have given in an invented office, or to an invented person."""
    of_cast = models.Q(organisation__is_sample=True) | models.Q(user__is_sample=True)
    return Membership.objects.filter(of_cast)


@transaction.atomic
def remove_sample() -> int:
    """Remove all sample data and undo what it has changed; return how many rows there were.

    What staff have changed on sample rows goes with them; what they have changed on real records
    stays. Progress is judged anew from what is left.
    """
    strategies = list(Strategy.objects.all())
    _undo_changes()
    _let_go()
    _remove_files()
    total = sum(_remove(model) for model in sampled_models())
    _forget_history()
    for strategy in strategies:
        _close_gaps(strategy)
    recompute_all()
    return total


def _undo_changes() -> None:
    """Give real records back what they had before, unless staff have changed it since."""
    for model in REAL:
        entries = AuditEntry.objects.filter(
            source=AuditEntry.Source.SAMPLE, model=model._meta.label_lower
        )
        records = model.objects.in_bulk([int(entry.object_id) for entry in entries])
        for entry in entries.order_by("-at", "-pk"):
            if record := records.get(int(entry.object_id)):
                _undo(record, entry)


def _undo(record: models.Model, entry: AuditEntry) -> None:
    columns = {}
    for name, (before, after) in entry.changes.items():
        if str(getattr(record, name)) == after:
            field = next(f for f in record._meta.concrete_fields if f.attname == name)
            columns[name] = field.get_default() if before is None else field.to_python(before)
    older = AuditEntry.objects.of(record).exclude(source=AuditEntry.Source.SAMPLE).first()
    changed_at = older.at if older else record.created_at
    type(record).objects.filter(pk=record.pk).update(**columns, updated_at=changed_at)


def _let_go() -> None:
    """Let no real record name an invented office or person, whoever has put it there.

    What cascades goes with them: without its office a role would be one in the whole city.
    """
    for model in CAST:
        for relation in model._meta.related_objects:
            if relation.one_to_many and relation.on_delete is not models.CASCADE:
                column = relation.field.name
                rows = relation.related_model._base_manager.filter(**{f"{column}__is_sample": True})
                rows.update(**{column: None})


def _remove_files() -> None:
    """Remove pictures and uploaded evidence once the rows are gone."""
    for digest in sample_rows(Chart).values_list("digest", flat=True):
        transaction.on_commit(partial(drop, digest))
    for model in EvidenceDocument.__subclasses__():
        for name in sample_rows(model).exclude(file="").values_list("file", flat=True):
            transaction.on_commit(partial(default_storage.delete, name))


def _remove(model: type[models.Model]) -> int:
    keys = list(sample_rows(model).values_list("pk", flat=True))
    subjects = [str(key) for key in keys]
    Event.objects.filter(subject_model=model._meta.label_lower, subject_id__in=subjects).delete()
    sample_rows(model).delete()
    return len(keys)


def _forget_history() -> None:
    """Remove what was done with the sample, and all that was done to what it had created."""
    entries = AuditEntry.objects.filter(source=AuditEntry.Source.SAMPLE)
    created: dict[str, list[str]] = defaultdict(list)
    for entry in entries.filter(action=AuditEntry.Action.CREATED):
        created[entry.model].append(entry.object_id)
    for model, keys in created.items():
        AuditEntry.objects.filter(model=model, object_id__in=keys).delete()
    entries.delete()


def _close_gaps(strategy: Strategy) -> None:
    """Let what is left of the assessments follow on each other, from the strategy's first day.

    What is older than the strategy in this database was told by the sample only.
    """
    rows_of: dict[tuple, list[Assessment]] = defaultdict(list)
    for row in strategy.assessments.order_by("valid_from"):
        subject = (row.level, row.goal_id, row.objective_id, row.measure_id, row.indicator_id)
        rows_of[subject].append(row)
    for rows in rows_of.values():
        _follow_on(rows, strategy)


def _follow_on(rows: list[Assessment], strategy: Strategy) -> None:
    later = [row for row in rows if row.valid_from > strategy.created_at]
    kept = rows[: len(rows) - len(later)][-1:]  # in force when the strategy came into the database
    for first in kept:
        _begin(first, strategy.created_at)
    for row in later:
        if not kept or not _says_the_same(row, kept[-1]):
            kept.append(row)
    for row, following in pairwise(kept):
        row.valid_to = following.valid_from
    kept[-1].valid_to = None
    gone = {row.pk for row in rows} - {row.pk for row in kept}
    Assessment.objects.filter(pk__in=gone).delete()
    Assessment.objects.bulk_update(kept, ["valid_from", "valid_to", "expected", *CONTENT])


def _begin(row: Assessment, moment: datetime) -> None:
    """Let an assessment begin at another moment, with what follows from its inputs on that day."""
    again = judge_again(row, timezone.localdate(moment)).with_override(row.override)
    for name, value in again.content().items():
        setattr(row, name, value)
    row.valid_from, row.expected = moment, again.expected


def _says_the_same(row: Assessment, other: Assessment) -> bool:
    return all(getattr(row, name) == getattr(other, name) for name in CONTENT)
