import secrets
from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Sampled


def evidence_path(document: models.Model, filename: str) -> str:
    """A place that cannot be guessed; the file's own name is kept in ``file_name``."""
    return f"evidence/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()[:8]}"


class EvidenceDocument(Sampled):
    """A document that shows what a record says: published elsewhere, or a file kept here.

    ``content_type`` is what the bytes are, not what the sender called them; ``size`` is in bytes.
    """

    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address of the document"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to=evidence_path, max_length=100, blank=True)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or ""


def one_document(name: str) -> models.CheckConstraint:
    """An address or a file, not both and not neither."""
    return models.CheckConstraint(
        name=name,
        condition=(~Q(url="") & Q(file="")) | (Q(url="") & ~Q(file="")),
        violation_error_message=_("A document is either an address or a file."),
    )
