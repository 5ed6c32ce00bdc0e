"""What may be kept as evidence is told from the content of a file; its name only has to agree."""

import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.common import archives
from portal.common.documents import MAX_NAME, clean_name, inspect
from tests import documents as d


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def workbook() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


KEPT = [
    ("a.pdf", d.PDF, "application/pdf"),
    ("a.png", d.PNG, "image/png"),
    ("a.jpg", d.JPEG, "image/jpeg"),
    ("a.JPEG", d.JPEG, "image/jpeg"),
    ("a.webp", d.WEBP, "image/webp"),
    ("a.csv", d.CSV, "text/csv; charset=utf-8"),
    ("a.csv", b"\xef\xbb\xbf" + d.CSV, "text/csv; charset=utf-8"),
    ("a.txt", b"Zapisnik: a < b, 1 > 0\n", "text/plain; charset=utf-8"),
    ("a.xlsx", d.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("a.docx", d.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("a.ods", d.ODS, "application/vnd.oasis.opendocument.spreadsheet"),
    ("a.odt", d.ODT, "application/vnd.oasis.opendocument.text"),
    ("a.xlsx", workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
]


@pytest.mark.parametrize(("name", "content", "kind"), KEPT)
def test_knows_a_document_by_its_content(name, content, kind):
    assert inspect(d.upload(name, content)) == (kind, name.lower())


@pytest.mark.parametrize(("name", "content", "kind"), KEPT)
def test_leaves_the_file_at_its_beginning(name, content, kind):
    file = d.upload(name, content)

    inspect(file)

    assert file.read() == content


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        inspect(d.upload(name, content))
    return refused.value.message


HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
WITH_MACROS = d.package(d.TYPES, ("xl/workbook.xml", "x"), ("xl/vbaProject.bin", "x"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("page.pdf", HTML),
        ("page.html", HTML),
        ("page.txt", HTML),
        ("page.csv", b"a;b\n1;<script src=//x>\n"),
        ("page.txt", b"\n \t" + SVG),
        ("page.txt", b"text\n< ScRiPt>"),
        ("picture.svg", SVG),
        ("picture.png", SVG),
        ("picture.png", d.PNG[:-1]),
        ("picture.png", d.PNG + HTML),
        ("picture.jpg", b"\xff\xd8\xff" + HTML),
        ("picture.webp", d.WEBP + b"more"),
        ("picture.gif", b"GIF89a" + bytes(20)),
        ("false.pdf", b"%PDF-1.7\n" + HTML),
        ("late.pdf", b"MZ" + d.PDF),
        ("late.pdf", b"GIF89a" + d.PDF),
        ("two.pdf", d.PDF + d.DOCX),
        ("two.png", d.PNG + d.XLSX),
        ("two.docx", b"#!/bin/sh\n" + d.DOCX),
        ("two.docx", d.DOCX + b"more"),
        ("script.txt", b"#!/bin/sh\nrm -rf /\n"),
        ("page.txt", b"<?php echo 1;"),
        ("letter.txt", rb"{\rtf1 x}"),
        ("print.txt", b"%!PS\n"),
        ("bytes.txt", b"a\x00b"),
        ("bytes.txt", b"a\x1bb"),
        ("windows.csv", "čas".encode("cp1250")),
        ("program.exe", b"MZ" + bytes(60)),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("plain.zip", d.package(("a.txt", "x"))),
        ("plain.docx", d.package(("a.txt", "x"))),
        ("java.docx", d.package(("META-INF/MANIFEST.MF", "x"), ("A.class", "x"))),
        ("macros.xlsx", WITH_MACROS),
        ("macros.xlsm", WITH_MACROS),
        (
            "macros.docx",
            d.package(d.TYPES, ("word/document.xml", "x"), ("WORD/VBAPROJECT.BIN", "")),
        ),
        ("old-macros.xlsx", d.package(d.TYPES, ("xl/workbook.xml", ""), ("xl/macrosheets/a", ""))),
        ("active.docx", d.package(d.TYPES, ("word/document.xml", ""), ("word/activeX/a.bin", ""))),
        (
            "macros.odt",
            d.package(("mimetype", "application/vnd.oasis.opendocument.text"), ("Basic/a", "")),
        ),
        (
            "declared.xlsx",
            d.package(
                ("[Content_Types].xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
                ("xl/workbook.xml", ""),
            ),
        ),
        ("out.docx", d.package(d.TYPES, ("word/document.xml", "x"), ("../../etc/passwd", "x"))),
        ("out.docx", d.package(d.TYPES, ("word/document.xml", "x"), ("/etc/passwd", "x"))),
        ("cut.docx", d.DOCX[:-30]),
        ("damaged.docx", d.DOCX.replace(b"word/document", b"word/damaging", 1)),
    ],
)
def test_refuses_what_is_no_document(name, content):
    assert refusal(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *(("a.png", d.PDF), ("a.pdf", d.PNG), ("a.csv", d.XLSX), ("a.xlsx", d.CSV)),
        *(("a.docx", d.XLSX), ("a.xlsx", d.ODS), ("a", d.PDF), ("a.pdf.exe", d.PDF)),
        *(("a.pdf\u202e", d.PNG), ("a\u202efdp.exe", d.PDF), ("a.p\u200bng", d.PDF)),
        *(("a\uff0epdf", d.PDF), ("a.pdf/", d.PDF), ("a.pdf;.html", d.PDF), ("", d.PDF)),
    ],
)
def test_refuses_a_name_that_says_something_else(name, content):
    file = d.upload("x", content)
    file._name = name  # as it is sent, without the tidying of the framework

    with pytest.raises(ValidationError) as refused:
        inspect(file)

    assert "ending of its name" in refused.value.message


@pytest.mark.parametrize(
    "cell",
    [
        *("=1+1", "=cmd|' /C calc'!A0", '"=HYPERLINK(1)"', "@SUM(1)", "+cmd|1", "-cmd|1", " =1"),
        *("-2+3+cmd|' /C calc'!A0", "\u00a0=1", "＝1"),
    ],
)
@pytest.mark.parametrize("table", ["a;b\n1;{}\n", "{},b\n", "a\tb\n1\t{}\n"])
def test_refuses_tables_with_formulas(cell, table):
    assert "formulas" in refusal("table.csv", table.format(cell).encode())


@pytest.mark.parametrize(
    "cell", ["-1,5", "+3", "-5 °C", "- ni podatka", "a=b", "ime@mesto.si", "–"]
)
def test_keeps_tables_with_signs(cell):
    assert inspect(d.upload("table.csv", f"a;b\n1;{cell}\n".encode()))


def test_keeps_ten_megabytes_and_not_eleven(settings):
    line = b"2024;1\n"
    most = line * (settings.EVIDENCE_MAX_BYTES // len(line))

    assert inspect(d.upload("large.csv", most))
    assert "too large" in refusal("large.csv", most + line)
    assert "10" in refusal("large.csv", bytes(11 * 1024 * 1024))


def test_does_not_stumble_over_ten_megabytes_of_blanks(settings):
    blanks = b" \n" * (settings.EVIDENCE_MAX_BYTES // 2)

    assert inspect(d.upload("blank.csv", blanks))


def test_refuses_a_package_that_unpacks_to_too_much(monkeypatch):
    bomb = d.package(d.TYPES, ("xl/workbook.xml", bytes(3_000_000)))
    assert len(bomb) < 5000
    monkeypatch.setattr(archives, "MAX_UNPACKED", 2_000_000)

    assert refusal("bomb.xlsx", bomb)


def test_refuses_a_package_that_lies_about_its_size():
    honest = d.package(d.TYPES, ("xl/workbook.xml", bytes(3_000_000)))
    size = (3_000_000).to_bytes(4, "little")
    assert honest.count(size) == 2

    assert refusal("bomb.xlsx", honest.replace(size, (10).to_bytes(4, "little")))


def test_refuses_a_package_of_countless_parts():
    parts = [(f"xl/{number}", b"") for number in range(archives.MAX_PARTS + 1)]

    assert refusal("parts.xlsx", d.package(d.TYPES, ("xl/workbook.xml", b""), *parts))


def test_refuses_a_package_with_a_part_twice():
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = d.package(d.TYPES, ("word/document.xml", "a"), ("word/document.xml", "b"))

    assert refusal("twice.docx", twice)


def test_refuses_a_locked_package():
    locked = bytearray(d.DOCX)
    with zipfile.ZipFile(io.BytesIO(d.DOCX)) as archive:
        for part in archive.infolist():
            locked[part.header_offset + 6] |= 1
    start = d.DOCX.index(b"PK\x01\x02")
    locked[start + 8] |= 1

    assert refusal("locked.docx", bytes(locked))


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Poročilo 30.6.2026.PDF", "Poročilo 30.6.2026.pdf"),
        ("c\u030cas.pdf", "čas.pdf"),
        ("a.exe.pdf", "a-exe.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\mapa\\a.pdf", "a.pdf"),
        ("a\x00b\nc.pdf", "ab c.pdf"),
        ("\u202egnp\u202c.pdf", "gnp.pdf"),
        ("a\u200b\ufeff.pdf", "a.pdf"),
        ("  a \u00a0 b  .pdf", "a b.pdf"),
        ('a"<b>|c?.pdf', "a--b--c-.pdf"),
        (".pdf", "document.pdf"),
        ("...pdf", "document.pdf"),
        ("\ud800.pdf", "document.pdf"),
        ("x" * 300 + ".pdf", "x" * (MAX_NAME - 4) + ".pdf"),
        ("a." + "x" * 300, "a." + "x" * 10),
    ],
)
def test_cleans_names(name, cleaned):
    assert clean_name(name) == cleaned


@given(st.text(st.characters(), max_size=200))
def test_every_cleaned_name_is_short_and_stays_as_it_is(name):
    cleaned = clean_name(name)

    assert len(cleaned) <= MAX_NAME
    assert clean_name(cleaned) == cleaned
    assert not set(cleaned) & set('/\\\x00\n\r\u202e<>:"|?*')


@given(st.binary(max_size=300), st.sampled_from(["", "%PDF-", "PK\x03\x04", "RIFF", "\x89PNG\r\n"]))
def test_never_fails_otherwise(content, start):
    file = SimpleUploadedFile("a.pdf", start.encode("latin-1") + content)

    try:
        kind, _name = inspect(file)
    except ValidationError:
        return
    assert kind == "application/pdf"
