import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from portal.progress.sample import remove_sample, what_would_go


class Command(BaseCommand):
    help = "Remove all sample data, and what staff have changed on it."

    def add_arguments(self, parser):
        parser.add_argument("--yes", action="store_true", help="do not ask")

    @override("en")
    def handle(self, *, yes: bool, **options):
        rows, touched = what_would_go()
        if not rows:
            self.stdout.write(_("There is no sample data."))
            return
        for kind, count in sorted(rows.items()):
            self.stdout.write(f"{kind}: {count}")
        if touched:
            text = ngettext(
                "%(count)d change that staff have made on sample data goes with it.",
                "%(count)d changes that staff have made on sample data go with it.",
                touched,
            )
            self.stdout.write(text % {"count": touched})
        if not yes and not self._agreed():
            raise CommandError(_("Nothing was removed."))
        remove_sample()
        self.stdout.write(_("The sample data is gone."))

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError(_("Nothing was removed: nobody can answer here. Add --yes."))
        return input(_("Remove all of it? [y/N] ")).strip().lower() in ("y", "yes")
