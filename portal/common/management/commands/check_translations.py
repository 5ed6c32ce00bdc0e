from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.common.catalogue_checks import SOURCE_LANGUAGE, differences, faults
from portal.common.languages import LANGUAGES
from portal.common.messages_in_use import can_collect, messages_in_use


class Command(BaseCommand):
    help = "Check that every text of the interface is translated, in every language."
    requires_system_checks = []

    def handle(self, **options):
        used = messages_in_use(settings.BASE_DIR) if can_collect() else None
        if used is None:
            self.stdout.write("Without gettext, messages in code and templates are not compared.")
        found = []
        for language in LANGUAGES:
            if language != SOURCE_LANGUAGE:
                found += self._check(language, used)
        if found:
            raise CommandError("\n".join([f"Faults found: {len(found)}", *found]))
        self.stdout.write("Every text is translated.")

    def _check(self, language: str, used: set | None) -> list[str]:
        folder = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES"
        pages = folder / "django.po"
        if not pages.exists():
            return [f"{pages.relative_to(settings.BASE_DIR)} is missing"]
        found = []
        for path in sorted(folder.glob("*.po")):
            catalogue = polib.pofile(str(path), encoding="utf-8")
            found += faults(catalogue, language)
            if path == pages and used is not None:
                found += differences(catalogue, used)
        return [f"{language}: {fault}" for fault in found]
