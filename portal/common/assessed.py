"""Levels of the strategy whose progress follows from what stands below them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from .outbox import enqueue
from .states import ProgressState


class WithProgress(models.Model):
    """A record that has assessments; lists bring the one in force along (``with_progress``)."""

    progress_rows: list

    class Meta:
        abstract = True

    @property
    def progress(self) -> models.Model | None:
        """The assessment in force at the moment that was asked for, None before the first."""
        if "progress_rows" not in self.__dict__:
            self.progress_rows = list(self.assessments.in_force().of(self)) if self.pk else []
        return next(iter(self.progress_rows), None)

    @property
    def state(self) -> ProgressState | None:
        """The state that is shown, None before the first assessment."""
        return self.progress.progress_state if self.progress else None


def bring_progress(
    strategy: models.Model, records: Iterable[WithProgress], at: datetime | None = None
) -> None:
    """Give every record its ``progress`` as of the moment ``at`` (now); one query for all kinds.

    What the assessments used is left out: a page that explains one asks for it.
    """
    found: dict[tuple[str, int], WithProgress] = {}
    wanted = models.Q(pk__in=[])
    for record in records:
        record.progress_rows = []
        found[record._meta.model_name, record.pk] = record
    for level in {level for level, _pk in found}:
        keys = [pk for own_level, pk in found if own_level == level]
        wanted |= models.Q(level=level, **{f"{level}__in": keys})
    for row in strategy.assessments.in_force(at).without_inputs().filter(wanted):
        found[row.level, getattr(row, f"{row.level}_id")].progress_rows.append(row)


class Assessed(WithProgress):
    """A goal, objective or measure, or the strategy: every change may change a state.

    ``assessed_parent`` names the relation to the level above, ``decides_below`` the columns on
    which the states of all indicators below depend.
    """

    assessed_parent: str = ""
    decides_below: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def after_write(self, *, changes: dict, at: datetime, deleted: bool) -> None:
        """Let progress be judged anew here, above, and where the record belonged before."""
        level = self._meta.model_name
        if not deleted:
            below = ":below" if self.decides_below & changes.keys() else ""
            enqueue("progress", f"{level}:{self.pk}{below}")
        if self.assessed_parent:
            column = f"{self.assessed_parent}_id"
            before, _now = changes.get(column, (None, None))
            for key in {before, str(getattr(self, column))} - {None}:
                enqueue("progress", f"{self.assessed_parent}:{key}")
