from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from goals.models import Strategy
from portal.content.document import document_from_bytes
from portal.content.exporter import strategy_yaml
from portal.content.faults import StrategyFileError, did_you_mean, quoted


class Command(BaseCommand):
    help = "Write a strategy with its drafts as a strategy file."

    def add_arguments(self, parser):
        parser.add_argument(
            "--strategy", metavar="CODE", help="the one shown on the site if absent"
        )
        parser.add_argument("--output", type=Path, metavar="FILE", help="standard output if absent")

    @override("en")
    def handle(self, *, strategy: str | None, output: Path | None, **options):
        text = strategy_yaml(self._strategy(strategy))
        self._warn(text)
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            message = _("The file %(path)s cannot be written: %(reason)s.")
            reason = {"path": output, "reason": error.strerror}
            raise CommandError(message % reason) from error

    def _strategy(self, code: str | None) -> Strategy:
        strategies = Strategy.objects.filter(code=code) if code else Strategy.objects.current()
        strategy = strategies.first()
        if strategy is not None:
            return strategy
        if code is None:
            raise CommandError(
                _("The site shows no strategy yet. Load one, or name one with --strategy.")
            )
        known = Strategy.objects.values_list("code", flat=True)
        message = _("There is no strategy with the code %(code)s.") % {"code": quoted(code)}
        raise CommandError(message + did_you_mean(code, known))

    def _warn(self, text: str) -> None:
        """Say what must be completed before the file can be loaded again."""
        try:
            document_from_bytes(text.encode())
        except StrategyFileError as error:
            self.stderr.write(_("This must be completed before the file can be loaded again:"))
            for line in error.lines():
                self.stderr.write(f"  {line}")
