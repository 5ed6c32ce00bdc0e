"""Where an uploaded spreadsheet waits between preview and confirmation."""

import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext_lazy as _
from import_export.tmp_storages import BaseStorage

from .formats import UnreadableFile

MAX_AGE = 60 * 60
_EXPIRED = _("The preview has expired; please choose the file again.")


class PersonalStorage(BaseStorage):
    """A file below ``var/`` whose name is signed for one person and one kind of record.

    Nobody else can confirm the import, and it cannot be confirmed after an hour.
    """

    def __init__(self, *, owner: str, **kwargs):
        super().__init__(**kwargs)
        self.signer = TimestampSigner(salt=f"import:{owner}")
        self.folder = Path(settings.VAR_DIR) / "imports"

    def save(self, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._forget_old()
        plain = uuid4().hex
        (self.folder / plain).write_bytes(data)
        self.name = self.signer.sign(plain)

    def read(self) -> bytes:
        try:
            return self._path().read_bytes()
        except FileNotFoundError:
            raise UnreadableFile(_EXPIRED) from None

    def remove(self) -> None:
        self._path().unlink(missing_ok=True)

    def _path(self) -> Path:
        try:
            return self.folder / self.signer.unsign(self.name, max_age=MAX_AGE)
        except SignatureExpired:
            raise UnreadableFile(_EXPIRED) from None
        except BadSignature:
            raise PermissionDenied from None

    def _forget_old(self) -> None:
        limit = time.time() - MAX_AGE
        for path in self.folder.iterdir():
            with suppress(FileNotFoundError):  # another process tidies up too
                if path.stat().st_mtime < limit:
                    path.unlink()
