from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from goals.models import Strategy
from portal.content.document import document_from_file
from portal.content.faults import StrategyFileError
from portal.content.loader import Loaded, load_document


class Command(BaseCommand):
    help = "Load a strategy file. Loading it again changes only what has changed in the file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the strategy file (YAML, UTF-8)")
        show = parser.add_mutually_exclusive_group()
        show.add_argument(
            "--make-current",
            action="store_true",
            default=None,
            help="show this strategy on the site (so it is when the strategy is new)",
        )
        show.add_argument(
            "--keep-current",
            action="store_false",
            dest="make_current",
            default=None,
            help="go on showing the strategy that the site shows now",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen and change nothing"
        )

    @override("en")
    def handle(self, *, file: Path, dry_run: bool, verbosity: int, **options):
        make_current = options["make_current"]
        if Strategy._meta.db_table not in connection.introspection.table_names():
            message = _("The database has no tables yet. Make them with: manage.py migrate")
            raise CommandError(message)
        try:
            document = document_from_file(file)
            loaded = load_document(document=document, make_current=make_current, dry_run=dry_run)
        except StrategyFileError as error:
            raise CommandError(self._refusal(file, error)) from error
        if verbosity:
            self._report(loaded, dry_run=dry_run)

    def _refusal(self, file: Path, error: StrategyFileError) -> str:
        heading = ngettext(
            "%(file)s was not loaded; it has %(count)d fault:",
            "%(file)s was not loaded; it has %(count)d faults:",
            error.total,
        )
        lines = [heading % {"file": file, "count": error.total}]
        return "\n  ".join([*lines, *error.lines()])

    def _report(self, loaded: Loaded, *, dry_run: bool) -> None:
        for line in loaded.tally.lines():
            self.stdout.write(line)
        if loaded.shown_instead is not None:
            message = _(
                "The site still shows “%(other)s” (%(code)s). To show this strategy, load the file"
                " again with --make-current."
            )
            other = loaded.shown_instead
            self.stdout.write(message % {"other": other.title_sl, "code": other.code})
        if loaded.no_longer_shown is not None:
            message = _(
                "The site now shows this strategy instead of “%(other)s” (%(code)s), which stays in"
                " the database."
            )
            other = loaded.no_longer_shown
            self.stdout.write(message % {"other": other.title_sl, "code": other.code})
        if dry_run:
            self.stdout.write(_("Nothing was changed: this was a dry run."))
