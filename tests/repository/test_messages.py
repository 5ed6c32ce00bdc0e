"""Interface texts exist in Slovenian, with all four plural forms."""

import polib
import pytest

from tests.repository.source import ROOT

CATALOGUES = sorted((ROOT / "locale").rglob("*.po"))


@pytest.fixture(scope="module")
def slovenian():
    return polib.pofile(str(ROOT / "locale/sl/LC_MESSAGES/django.po"))


def faults(catalogue: polib.POFile) -> list[str]:
    entries = [entry for entry in catalogue if not entry.obsolete]
    empty = [entry.msgid for entry in entries if not entry.translated()]
    unfinished = [
        entry.msgid
        for entry in entries
        if entry.msgid_plural and not all(entry.msgstr_plural.values())
    ]
    fuzzy = [entry.msgid for entry in entries if entry.fuzzy]
    return sorted({*empty, *unfinished, *fuzzy})


def test_no_slovenian_message_is_empty_or_fuzzy(slovenian):
    assert not faults(slovenian)


def test_plurals_have_four_forms(slovenian):
    plural = [entry for entry in slovenian if entry.msgid_plural and not entry.obsolete]

    assert "nplurals=4" in slovenian.metadata["Plural-Forms"]
    assert plural
    assert not [entry.msgid for entry in plural if len(entry.msgstr_plural) != 4]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_no_message_is_fuzzy(path):
    assert not [entry.msgid for entry in polib.pofile(str(path)) if entry.fuzzy]


def test_notices_an_empty_message():
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Goal", msgstr=""))
    catalogue.append(polib.POEntry(msgid="Measure", msgstr="Ukrep", flags=["fuzzy"]))
    catalogue.append(polib.POEntry(msgid="Tree", msgstr="Drevo"))

    assert faults(catalogue) == ["Goal", "Measure"]
