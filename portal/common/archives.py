"""What a packed office document is: judged by what is in the package, never unpacked at once."""

import zipfile
import zlib
from typing import BinaryIO

MAX_PARTS = 2000
MAX_DIRECTORY = 512 * 1024
MAX_UNPACKED = 200 * 1024 * 1024

# Office Open XML is known by its main part, OpenDocument by what it says of itself.
_MAIN_PARTS = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx"}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
}
# Parts that hold programs: macros of either family, old Excel macro sheets, ActiveX, OLE packages.
_PROGRAMS = ("vbaproject", "vbadata", "macrosheets/", "activex/", "oleobject", "basic/", "scripts/")
_END = b"PK\x05\x06"


class RefusedArchive(Exception):
    """The package is broken, too large, or holds more than a document."""


def office_kind(file: BinaryIO) -> str:
    """Return ``xlsx``, ``docx``, ``ods`` or ``odt``, or ``""`` for any other sound package.

    At most ``MAX_UNPACKED`` bytes are unpacked, a piece at a time. Raises ``RefusedArchive``.
    """
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_parts(archive.infolist())
            if archive.testzip() is not None:
                raise RefusedArchive
            return _kind_of(archive)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, zlib.error):
        raise RefusedArchive from None  # whatever a broken package makes of the library


def _check_directory(file: BinaryIO) -> None:
    """Look at the list of parts before the library reads it into memory.

    It ends the file: office programs write no comment behind it, and nothing else may follow.
    """
    file.seek(-22, 2)
    end = file.read(22)
    parts, size = int.from_bytes(end[10:12], "little"), int.from_bytes(end[12:16], "little")
    if not end.startswith(_END) or parts > MAX_PARTS or size > MAX_DIRECTORY:
        raise RefusedArchive


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.casefold() for part in parts]
    unpacked = sum(part.file_size for part in parts)
    if len(set(names)) != len(names) or len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise RefusedArchive
    for part, name in zip(parts, names, strict=True):
        leads_out = name.startswith("/") or "\\" in name or ".." in name.split("/")
        is_encrypted = part.flag_bits & 1
        if leads_out or is_encrypted or any(program in name for program in _PROGRAMS):
            raise RefusedArchive


def _kind_of(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        if b"macroenabled" in archive.read("[Content_Types].xml").lower():
            raise RefusedArchive
        return next((kind for part, kind in _MAIN_PARTS.items() if part in names), "")
    if names and names[0] == "mimetype":
        return _OPEN_DOCUMENTS.get(archive.read("mimetype").strip(), "")
    return ""
