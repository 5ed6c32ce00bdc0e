from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Prefetch

from .permissions import editable_q, edits_everything


class VisibleQuerySet(models.QuerySet):
    """Rows of a ``Publishable`` model; hiding is said aloud at the call."""

    def public(self, on: datetime | None = None) -> Self:
        """What everybody may see at the moment ``on`` (now by default)."""
        return self.filter(self.model.public_q(on))

    def visible_to(self, user=None, on: datetime | None = None) -> Self:
        """What everybody may see, and for staff also the drafts that they edit."""
        if edits_everything(user):
            return self.all()
        return self.filter(self.model.public_q(on) | editable_q(self.model, user))

    def for_lists(self) -> Self:
        """Bring along what a row in a list shows."""
        return self

    def with_progress(self, at: datetime | None = None) -> Self:
        """Bring along, as ``progress``, the assessment in force at the moment ``at`` (now).

        The way to the right is by related name, so that no app imports what stands right of it.
        One query.
        """
        assessments = self.model._meta.get_field("assessments").related_model.objects
        in_force = assessments.in_force(at).without_inputs()
        return self.prefetch_related(Prefetch("assessments", in_force, to_attr="progress_rows"))

    def with_visible(self, user, path: str) -> Self:
        """Bring along what ``user`` may see below, e.g. ``"measures__indicators"``.

        The way to the right is by related name, so that no app imports what stands right of it.
        One query per step.
        """
        prefetches, model, steps = [], self.model, path.split("__")
        for depth, step in enumerate(steps, start=1):
            model = model._meta.get_field(step).related_model
            rows = model._default_manager.visible_to(user).for_lists()
            prefetches.append(Prefetch("__".join(steps[:depth]), queryset=rows))
        return self.prefetch_related(*prefetches)
