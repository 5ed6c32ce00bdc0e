import secrets
from datetime import datetime
from functools import partial
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..documents import inspect
from .base import Sampled

FOLDER = "evidence"


def evidence_path(document: models.Model, filename: str) -> str:
    """A place that cannot be guessed; the file's own name is kept in ``file_name``."""
    return f"{FOLDER}/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()[:8]}"


class EvidenceDocument(Sampled):
    """A document that shows what a record says: published elsewhere, or a file kept here.

    ``content_type`` is what the bytes are, not what the sender called them; ``size`` is in bytes.
    A file is stored when the transaction of its record has ended, so that nothing stays on disk of
    what was refused. ``kind`` is the word for it in the address of the file.
    """

    kind: str
    upload: UploadedFile | None = None

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

    def get_absolute_url(self) -> str:
        """Where a reader gets the document: elsewhere on the web, or the file kept here."""
        return (
            reverse("evidence", args=[self.kind, self.pk, self.file_name])
            if self.file
            else self.url
        )

    @property
    def ending(self) -> str:
        """What sort of file it is, in a word: ``PDF``; ``""`` for an address."""
        return PurePath(self.file_name).suffix[1:].upper() if self.file else ""

    def take(self, upload: UploadedFile) -> None:
        """Let ``upload`` be the document, to be stored with the record.

        Raises ``ValidationError`` when it is nothing that we keep (`portal.common.documents`).
        """
        self.content_type, self.file_name = inspect(upload)
        self.size, self.upload = upload.size, upload
        self.file = evidence_path(self, self.file_name)  # a name only: nothing is written yet

    def forget_file(self) -> None:
        """Let an address take the place of the file, which is removed with the next save."""
        self.file, self.file_name, self.content_type, self.size = "", "", "", None

    def after_write(self, *, changes: dict, at: datetime, deleted: bool) -> None:
        """Store the new file and remove the former one, as soon as nothing can be undone."""
        storage = self.file.storage
        if self.upload is not None and not deleted:
            transaction.on_commit(partial(storage.save, self.file.name, self.upload))
            self.upload = None
        former, _now = changes.get("file", (None, None))
        if former:
            transaction.on_commit(partial(storage.delete, former))


def one_document(name: str) -> models.CheckConstraint:
    """An address or a file, not both and not neither."""
    return models.CheckConstraint(
        name=name,
        condition=(~Q(url="") & Q(file="")) | (Q(url="") & ~Q(file="")),
        violation_error_message=_("A document is either an address or a file."),
    )
