"""What an uploaded document is, told from its content; its name only has to agree.

A short table of what offices send, instead of a library that guesses: pictures, PDF, text and
office documents without macros. What readers get is sent as a download, never shown by us.
"""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .archives import RefusedArchive, office_kind
from .spreadsheets import holds_formulas

MAX_NAME = 100
# Of each kind of content: the endings that its name may have, with the type that is sent for it.
OOXML = "application/vnd.openxmlformats-officedocument"
KINDS: dict[str, dict[str, str]] = {
    "pdf": {"pdf": "application/pdf"},
    "png": {"png": "image/png"},
    "jpeg": {"jpg": "image/jpeg", "jpeg": "image/jpeg"},
    "webp": {"webp": "image/webp"},
    "text": {"csv": "text/csv; charset=utf-8", "txt": "text/plain; charset=utf-8"},
    "xlsx": {"xlsx": f"{OOXML}.spreadsheetml.sheet"},
    "docx": {"docx": f"{OOXML}.wordprocessingml.document"},
    "ods": {"ods": "application/vnd.oasis.opendocument.spreadsheet"},
    "odt": {"odt": "application/vnd.oasis.opendocument.text"},
}
ACCEPT = ",".join(f".{ending}" for endings in KINDS.values() for ending in endings)
# Texts that some program would run or show, told by how they begin or by what they hold.
_OTHER_TEXT = re.compile(r"\s*(<|#!|%!|\{\\rtf)", re.IGNORECASE)
_MARKUP = re.compile(r"<\s{0,9}(script|html|svg|body|iframe|!doctype|\?)", re.IGNORECASE)


def inspect(upload: File) -> tuple[str, str]:
    """Return the content type of ``upload`` and the name under which it is kept.

    Raises ``ValidationError`` with a sentence for whoever sent it.
    """
    limit = settings.EVIDENCE_MAX_BYTES
    if not upload.size:
        raise ValidationError(_("The file is empty."))
    if upload.size > limit:
        message = _("The file is too large: at most %(limit)s are kept.")
        raise ValidationError(message % {"limit": filesizeformat(limit)})
    name = clean_name(upload.name or "")
    ending = PurePath(name).suffix[1:]
    upload.seek(0)
    endings = KINDS.get(_kind_of(upload), {})
    if not endings:
        raise ValidationError(_refusal())
    if ending not in endings:
        message = _("The content of the file is not what the ending of its name says: “%(name)s”.")
        raise ValidationError(message % {"name": name})
    if ending == "csv" and holds_formulas(_text_of(upload) or ""):
        raise ValidationError(_("The table holds formulas. Save it with their results instead."))
    upload.seek(0)
    return endings[ending], name


def _refusal() -> str:
    known = ", ".join(ending.upper() for endings in KINDS.values() for ending in endings)
    message = _(
        "This file cannot be kept. It must be sound, without macros, and one of: %(kinds)s."
    )
    return " ".join([message % {"kinds": known}, _("Texts and tables are in UTF-8.")])


def clean_name(name: str) -> str:
    """Return a name that is safe in every file system, at most ``MAX_NAME`` characters.

    Without folders, invisible characters and those that change the direction of writing; only
    the last ending stays one (``a.exe.pdf`` becomes ``a-exe.pdf``), in small letters.
    """
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    seen = "".join(" " if letter.isspace() else letter for letter in last)
    seen = "".join(letter for letter in seen if unicodedata.category(letter)[0] != "C")
    seen = " ".join(re.sub(r'[<>:"|?*]', "-", seen).split())
    stem, dot, ending = seen.rpartition(".")
    if not dot:
        return seen[:MAX_NAME]
    stem = re.sub(r"\.(?=[^\W\d])", "-", stem).strip(" .") or "document"
    return f"{stem[: MAX_NAME - 1 - len(ending[:10])]}.{ending[:10].lower()}"


def _kind_of(file: BinaryIO) -> str:
    """Return the key of ``KINDS`` that the content is, ``""`` for anything else.

    A file of one kind with a package behind it is neither.
    """
    head = file.read(16)
    if head.startswith(b"PK\x03\x04"):
        try:
            return office_kind(file)
        except RefusedArchive:
            return ""
    if zipfile.is_zipfile(file):
        return ""
    for kind, is_it in _CHECKS.items():
        file.seek(0)
        if is_it(head, file):
            return kind
    return ""


def _is_pdf(head: bytes, file: BinaryIO) -> bool:
    return head.startswith(b"%PDF-") and b"startxref" in _tail(file) and b"%%EOF" in _tail(file)


def _is_png(head: bytes, file: BinaryIO) -> bool:
    return head == b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" and _tail(file).endswith(
        b"IEND\xae\x42\x60\x82"
    )


def _is_jpeg(head: bytes, file: BinaryIO) -> bool:
    return bool(re.match(rb"\xff\xd8\xff[\xc0-\xfe]", head)) and b"\xff\xd9" in file.read()


def _is_webp(head: bytes, file: BinaryIO) -> bool:
    size = file.seek(0, 2)
    announced = int.from_bytes(head[4:8], "little") + 8
    return head.startswith(b"RIFF") and head[8:12] == b"WEBP" and announced == size


def _is_text(head: bytes, file: BinaryIO) -> bool:
    text = _text_of(file)
    return text is not None and not _OTHER_TEXT.match(text) and not _MARKUP.search(text)


_CHECKS: dict[str, Callable[[bytes, BinaryIO], bool]] = {
    "pdf": _is_pdf,
    "png": _is_png,
    "jpeg": _is_jpeg,
    "webp": _is_webp,
    "text": _is_text,
}


def _tail(file: BinaryIO, size: int = 2048) -> bytes:
    file.seek(-min(size, file.seek(0, 2)), 2)
    return file.read()


def _text_of(file: BinaryIO) -> str | None:
    """Return the whole text; None if it is not UTF-8 or holds what no text has."""
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", text) else text
