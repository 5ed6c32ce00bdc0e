"""Message catalogues are compiled without gettext, and only when they have changed."""

import gettext

import pytest

from portal.common.catalogues import compile_catalogues

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3||n%100==4 ? 2 : 3);\\n"

msgid "Measure"
msgstr "Ukrep"

msgid "%(count)d measure"
msgid_plural "%(count)d measures"
msgstr[0] "%(count)d ukrep"
msgstr[1] "%(count)d ukrepa"
msgstr[2] "%(count)d ukrepi"
msgstr[3] "%(count)d ukrepov"
"""


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "sl/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return path


def test_compiles_texts_and_all_plural_forms(tmp_path, source):
    compile_catalogues([tmp_path])

    slovenian = gettext.translation("django", tmp_path, ["sl"])
    counted = [
        slovenian.ngettext("%(count)d measure", "%(count)d measures", n) for n in range(1, 6)
    ]
    assert slovenian.gettext("Measure") == "Ukrep"
    assert [text.split()[-1] for text in counted] == [
        "ukrep",
        "ukrepa",
        "ukrepi",
        "ukrepi",
        "ukrepov",
    ]


def test_compiles_nothing_a_second_time(tmp_path, source):
    assert compile_catalogues([tmp_path]) == [source]
    assert compile_catalogues([tmp_path]) == []


def test_compiles_again_what_has_changed_in_the_same_second(tmp_path, source):
    compile_catalogues([tmp_path])

    source.write_text(PO.replace("Ukrep", "Dejanje"), encoding="utf-8")

    assert compile_catalogues([tmp_path]) == [source]


def test_mends_a_broken_file(tmp_path, source):
    source.with_suffix(".mo").write_bytes(b"half of it")

    assert compile_catalogues([tmp_path]) == [source]


def test_names_the_place_of_a_fault(tmp_path, source):
    source.write_text('msgid "Measure\nmsgstr', encoding="utf-8")

    with pytest.raises(ValueError, match=r"django\.po"):
        compile_catalogues([tmp_path])
