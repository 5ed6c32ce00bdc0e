"""Judge all progress anew, or only look whether what is stored is right."""

import sys
from argparse import ArgumentTypeError
from datetime import date, datetime, time

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from indicators.models import Assessment, Indicator
from portal.progress.services.mending import mend_all
from portal.progress.services.plan import MODELS
from portal.progress.services.recompute import CHUNK, recompute, recompute_all
from portal.progress.services.verify import Difference, differences

WIDTH = 40
SHOWN = 50


class Command(BaseCommand):
    help = (
        "Judges progress anew and stores what has changed. With --check nothing is written; "
        "differences are listed and the command ends with 1."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--since",
            type=day,
            metavar="DATE",
            help="only indicators of which something was written since this day (YYYY-MM-DD); with "
            "--check, how far back the past is compared",
        )
        parser.add_argument(
            "--check", action="store_true", help="compare only; exit 1 on any difference"
        )

    def handle(self, *args, since: date | None, check: bool, **options):
        if check:
            return self.check_only(since)
        written = self.recompute_since(since) if since else self.recompute_everything()
        self.stdout.write(f"{written} assessments written.")

    def recompute_everything(self) -> int:
        with Bar(self.stdout, records()) as bar:
            written = recompute_all(on_step=bar.advance)
        past = Assessment.objects.exclude(valid_to=None).order_by("pk")
        if mended := mend_all(past.iterator(chunk_size=500)):
            self.stdout.write(f"{mended} assessments of the past had been changed by hand.")
        return written

    def recompute_since(self, since: date) -> int:
        start = datetime.combine(since, time(), timezone.get_default_timezone())
        touched = Indicator.objects.touched_since(start).order_by("pk")
        keys = [f"indicator:{pk}" for pk in touched.values_list("pk", flat=True)]
        written = 0
        with Bar(self.stdout, len(keys)) as bar:
            for first in range(0, len(keys), CHUNK):
                chunk = keys[first : first + CHUNK]
                written += recompute(chunk)
                bar.advance(len(chunk))
        return written

    def check_only(self, since: date | None) -> None:
        with Bar(self.stdout, records()) as bar:
            found = differences(since, on_step=bar.advance)
        if not found:
            self.stdout.write("Stored and recomputed progress are the same.")
            return
        for difference in found[:SHOWN]:
            self.stdout.write(told(difference))
        if len(found) > SHOWN:
            self.stdout.write(f"… and {len(found) - SHOWN} more.")
        raise CommandError(f"{len(found)} differences between stored and recomputed progress.")


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day; write it as 2026-06-30.") from None


def records() -> int:
    return sum(model.objects.count() for model in MODELS.values())


def told(difference: Difference) -> str:
    moment = f" from {difference.moment:%Y-%m-%d %H:%M}" if difference.moment else ""
    what = f"{difference.subject}{moment}: {difference.column}"
    return (
        f"{what} is {shortened(difference.stored)}, recomputed {shortened(difference.recomputed)}"
    )


def shortened(value) -> str:
    text = str(value)
    return text if len(text) <= 200 else f"{text[:200]}…"


class Bar:
    """A line that fills as work is done; in a log file, a line for each tenth."""

    def __init__(self, output, total: int):
        self.output, self.total, self.done, self.shown = output, total, 0, -1
        self.moves = getattr(output, "isatty", lambda: False)() or sys.stdout.isatty()

    def __enter__(self) -> "Bar":
        self.show()
        return self

    def __exit__(self, *_exception) -> None:
        if self.moves:
            self.output.write("")

    def advance(self, steps: int) -> None:
        self.done = min(self.total, self.done + steps)
        self.show()

    def show(self) -> None:
        share = self.done / self.total if self.total else 1
        tenth = int(share * 10)
        if not self.moves and tenth == self.shown:
            return
        self.shown = tenth
        filled = int(share * WIDTH)
        line = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%}  {self.done}/{self.total}"
        self.output.write(f"\r{line}" if self.moves else line, ending="" if self.moves else "\n")
        self.output.flush()
