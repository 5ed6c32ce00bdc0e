"""Scheduled publication. Readers see a record from its very moment; this only settles its state."""

from datetime import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.common.models import AuditEntry, Publishable
from portal.common.services import save_record
from portal.common.states import Publication


def publish_due(on: datetime | None = None) -> int:
    """Publish every scheduled record whose time has come; return how many.

    A record that breaks a rule stays scheduled (the dashboard of the staff shows it).
    """
    on = on or timezone.now()
    published = 0
    for model in apps.get_models():
        if not issubclass(model, Publishable):
            continue
        for record in model._default_manager.filter(
            publication=Publication.SCHEDULED, publish_at__lte=on
        ):
            record.publication = Publication.PUBLISHED
            try:
                save_record(record=record, by=None, source=AuditEntry.Source.TASK)
            except ValidationError:
                continue
            published += 1
    return published
