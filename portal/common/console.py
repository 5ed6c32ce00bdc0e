"""Commands speak the language of the terminal; the pages' own language is no guide there."""

import os

from django.core.management.base import BaseCommand
from django.utils.translation import override

from .languages import LANGUAGES

OTHERWISE = "en"


def terminal_language() -> str:
    """Return the language that the environment asks for if it is one of ours, else English."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = next(filter(None, named), OTHERWISE)[:2].lower()
    return code if code in LANGUAGES else OTHERWISE


class TerminalCommand(BaseCommand):
    """A command whose sentences are in the language of the person at the terminal."""

    def execute(self, *args, **options):
        with override(terminal_language()):
            return super().execute(*args, **options)
