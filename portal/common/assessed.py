"""Levels of the strategy whose progress follows from what stands below them."""

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
