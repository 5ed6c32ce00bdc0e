from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from goals.models import Strategy
from portal.progress.seeding import CODE, seed


class Command(BaseCommand):
    help = "Write synthetic data in any amount, to see how the portal carries it."

    def add_arguments(self, parser):
        parser.add_argument("--indicators", type=positive, default=1000, metavar="N")
        parser.add_argument("--observations", type=positive, default=100_000, metavar="M")

    @transaction.atomic
    def handle(self, *, indicators: int, observations: int, verbosity: int, **options):
        self._refuse()
        written = 0

        def advance(rows: int) -> None:
            nonlocal written
            written += rows
            if verbosity and self.stdout.isatty():
                self.stdout.write(f"\r{written:,} rows", ending="")

        seed(
            indicators=indicators,
            observations=observations,
            today=timezone.localdate(),
            on_step=advance,
        )
        if verbosity:
            self.stdout.write(
                f"\r{written:,} rows written; the site shows them now. Next: recompute_progress"
            )

    def _refuse(self) -> None:
        if settings.PRODUCTION and Strategy.objects.exists():
            raise CommandError("This database is in production and not empty: nothing was written.")
        if Strategy.objects.filter(code=CODE).exists():
            raise CommandError("The synthetic data is there already; begin with an empty database.")


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
