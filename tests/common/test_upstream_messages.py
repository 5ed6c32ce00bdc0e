"""Messages that we say better than the packages are still messages of the packages."""

import ast
from pathlib import Path

import allauth
import django
import polib
import pytest

from portal.common import upstream_messages

CATALOGUES = [
    Path(django.__file__).parent / "conf",
    Path(django.__file__).parent / "contrib/admin",
    Path(django.__file__).parent / "contrib/auth",
    Path(allauth.__file__).parent,
]


def marked():
    """Context, text and plural of each message that the module marks."""
    calls = (
        node
        for node in ast.walk(ast.parse(Path(upstream_messages.__file__).read_text()))
        if isinstance(node, ast.Call)
    )
    for call in calls:
        words = [argument.value for argument in call.args]
        if call.func.id == "pgettext_lazy":
            yield words[0], words[1], ""
        else:
            yield None, words[0], "".join(words[1:])


@pytest.fixture(scope="module")
def known():
    sources = (folder / "locale/en/LC_MESSAGES/django.po" for folder in CATALOGUES)
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural)
        for source in sources
        for entry in polib.pofile(str(source))
    }


def test_every_marked_message_exists_in_a_package(known):
    found = set(marked())

    assert len(found) > 50
    assert not found - known
