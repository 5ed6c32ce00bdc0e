"""What a load did: records created, changed, found as the file says, and left."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils.translation import pgettext, pgettext_lazy

OUTCOMES = {
    "created": pgettext_lazy("load", "created"),
    "changed": pgettext_lazy("load", "changed"),
    "unchanged": pgettext_lazy("load", "unchanged"),
    "left": pgettext_lazy("load", "left"),
}


@dataclass
class Tally:
    """Counts per model. `left` are records of this strategy that the file does not name."""

    counts: dict[type[Model], dict[str, int]] = field(
        default_factory=lambda: defaultdict(lambda: dict.fromkeys(OUTCOMES, 0))
    )

    def note(self, model: type[Model], outcome: str, number: int = 1) -> None:
        self.counts[model][outcome] += number

    def total(self, outcome: str) -> int:
        return sum(counts[outcome] for counts in self.counts.values())

    def lines(self) -> list[str]:
        """A table for people: one line per kind of record, and a last one with the sums."""
        rows = [
            (str(model._meta.verbose_name_plural), *counts.values())
            for model, counts in self.counts.items()
            if any(counts.values())
        ]
        sums = tuple(self.total(outcome) for outcome in OUTCOMES)
        headings = ("", *map(str, OUTCOMES.values()))
        table = [headings, *rows, (pgettext("load", "total"), *sums)]
        width = max(len(row[0]) for row in table)
        return [f"{row[0]:<{width}}" + "".join(f"{cell:>13}" for cell in row[1:]) for row in table]
