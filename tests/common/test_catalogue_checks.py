"""The check of translations finds what can be wrong with a catalogue."""

import shutil
from io import StringIO

import polib
import pytest
from django.core.management import CommandError, call_command

from portal.common.catalogue_checks import PLURALS, differences, faults
from portal.common.messages_in_use import messages_in_use

FORMS = ["%(count)s ukrep", "%(count)s ukrepa", "%(count)s ukrepi", "%(count)s ukrepov"]


def catalogue(*entries, plural_forms=PLURALS["sl"]):
    made = polib.POFile()
    made.metadata["Plural-Forms"] = plural_forms
    made.extend(entries)
    return made


def counted(forms):
    return polib.POEntry(
        msgid="%(count)s measure",
        msgid_plural="%(count)s measures",
        msgstr_plural=dict(enumerate(forms)),
    )


def test_has_nothing_to_say_of_a_complete_catalogue():
    complete = catalogue(
        polib.POEntry(msgid="Goal", msgstr="Cilj"),
        polib.POEntry(msgid="100 %% of %(name)s", msgstr="%(name)s: 100 %%"),
        polib.POEntry(msgctxt="url", msgid="goals/<slug:goal>/", msgstr="cilji-2/<slug:goal>/"),
        counted(FORMS),
    )

    assert not list(faults(complete, "sl"))


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="Goal", msgstr=""), "is not translated"),
        (polib.POEntry(msgid="Goal", msgstr="Cilj", flags=["fuzzy"]), "is fuzzy"),
        (polib.POEntry(msgid="Goal", msgstr="Cilj", obsolete=True), "is obsolete"),
        (polib.POEntry(msgid="by %(day)s", msgstr="do %(dan)s"), "placeholders"),
        (polib.POEntry(msgid="by %s", msgstr="do"), "placeholders"),
        (polib.POEntry(msgid="Add {name}", msgstr="Dodaj {ime}"), "placeholders"),
        (polib.POEntry(msgid="<b>Goal</b>", msgstr="Cilj"), "placeholders"),
        (polib.POEntry(msgctxt="url", msgid="goals/", msgstr="strateški cilji/"), "words of a-z"),
        (counted(FORMS[:3]), "3 plural forms instead of 4"),
        (counted([*FORMS[:3], ""]), "is not translated"),
        (counted(["ukrep", *FORMS[1:]]), "placeholders"),
    ],
)
def test_names_the_fault(entry, fault):
    (found,) = faults(catalogue(entry), "sl")

    assert fault in found


def test_knows_the_plural_forms_of_slovenian():
    (found,) = faults(catalogue(plural_forms="nplurals=2; plural=(n != 1);"), "sl")

    assert "Plural-Forms" in found


def test_compares_the_catalogue_with_what_is_used():
    made = catalogue(polib.POEntry(msgid="Goal", msgstr="Cilj"))

    found = list(differences(made, {("", "Measure")}))

    assert "“Measure” is used but not in the catalogue" in found[0]
    assert "“Goal” is in the catalogue but not used" in found[1]


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
def test_collects_messages_of_code_and_templates(tmp_path):
    for folder in ("app", "templates", "tests"):
        (tmp_path / folder).mkdir()
    (tmp_path / "app/urls.py").write_text('pgettext_lazy("url", "goals/")\n_("Šest")\n')
    (tmp_path / "templates/a.html").write_text(
        "{% blocktranslate count count=n %}{{ n }} goal{% plural %}goals{% endblocktranslate %}"
        '{% translate "any" context "status" %}{% firstof name _("Portal") %}'
    )
    (tmp_path / "tests/test_a.py").write_text('_("Not on any page")')

    found = messages_in_use(tmp_path)

    assert found == {
        ("url", "goals/"),
        ("", "Šest"),
        ("", "%(n)s goal"),
        ("status", "any"),
        ("", "Portal"),
    }


def test_the_command_names_each_fault(settings, tmp_path):
    folder = tmp_path / "locale/sl/LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue(polib.POEntry(msgid="Goal", msgstr="")).save(str(folder / "django.po"))
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "locale"]

    with pytest.raises(CommandError, match="sl: “Goal” is not translated"):
        call_command("check_translations", stdout=StringIO())


def test_the_command_finds_a_missing_catalogue(settings, tmp_path):
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "locale"]

    with pytest.raises(CommandError, match=r"locale/sl/LC_MESSAGES/django.po is missing"):
        call_command("check_translations", stdout=StringIO())
