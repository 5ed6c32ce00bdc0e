"""Small files of every kind that is kept as evidence, and of those that only pretend."""

import io
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40) + b"\xff\xd9"
WEBP = b"RIFF\x0c\x00\x00\x00WEBPVP8 " + bytes(4)
CSV = "obdobje;vrednost\r\n2024;-1,5\r\n2025;čez 3\r\n".encode()


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + name + data + check


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00")
    + _chunk(b"IDAT", zlib.compress(b"\x00\xff"))
    + _chunk(b"IEND", b"")
)


def package(*parts: tuple[str, bytes | str], packed: bool = True) -> bytes:
    """A zip file with these parts in their order."""
    file = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(file, "w", kind) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


TYPES = ("[Content_Types].xml", "<Types/>")
XLSX = package(TYPES, ("xl/workbook.xml", "<workbook/>"))
DOCX = package(TYPES, ("word/document.xml", "<document/>"))
ODS = package(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "x"))
ODT = package(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "x"))


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """What a form receives; the type that a browser claims is never believed."""
    return SimpleUploadedFile(name, content, content_type="application/x-anything")
