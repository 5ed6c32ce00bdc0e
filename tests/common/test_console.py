"""Commands answer in the language of the terminal."""

import pytest
from django.core.management import call_command
from django.utils.translation import get_language

from portal.common.console import TerminalCommand, terminal_language


@pytest.fixture
def terminal(monkeypatch):
    def set_to(**variables):
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return set_to


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "sl_SI.UTF-8"}, "sl"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "sl_SI.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "sl_SI.UTF-8"}, "sl"),
        ({"LANG": "sl", "LC_ALL": ""}, "sl"),
    ],
)
def test_speaks_the_language_of_the_terminal(terminal, variables, language):
    terminal(**variables)

    assert terminal_language() == language


def test_leaves_the_language_of_the_caller_alone(terminal):
    terminal(LANG="en_GB.UTF-8")

    class Command(TerminalCommand):
        requires_system_checks = []

        def handle(self, *args, **options):
            return get_language()

    before = get_language()

    assert call_command(Command()) == "en"
    assert get_language() == before
