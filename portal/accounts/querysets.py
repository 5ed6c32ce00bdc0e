from datetime import datetime
from typing import Self

from django.db import models

from .permissions import editable_q, edits_everything


class VisibleQuerySet(models.QuerySet):
    """Rows of a ``Publishable`` model; hiding is said aloud at the call."""

    def public(self, on: datetime | None = None) -> Self:
        """What everybody may see at the moment ``on`` (now by default)."""
        return self.filter(self.model.public_q(on))

    def editable_by(self, user) -> Self:
        """What ``user`` may change."""
        return self.filter(editable_q(self.model, user))

    def visible_to(self, user=None, on: datetime | None = None) -> Self:
        """What everybody may see, and for staff also the drafts that they edit."""
        if edits_everything(user):
            return self.all()
        return self.filter(self.model.public_q(on) | editable_q(self.model, user))
