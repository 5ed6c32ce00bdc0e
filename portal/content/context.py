"""Where validation stands while it walks the file, and what it has met on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from portal.content.faults import Faults


@dataclass
class Context:
    """What the whole file shares: its faults, the names it defines and the names it refers to."""

    today: date
    faults: Faults = field(default_factory=Faults)
    # {(what, scope): {name: first place}}, e.g. ("slug.sl", "goals[0].objectives").
    defined: dict[tuple[str, str], dict[str, Place]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    referred: list[tuple[str, str, Place]] = field(default_factory=list)
    # Inside a draft a text may still lack a language.
    draft: bool = False

    @contextmanager
    def inside(self, *, draft: bool) -> Iterator[None]:
        before, self.draft = self.draft, draft
        try:
            yield
        finally:
            self.draft = before


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the file: what a fault found there will name."""

    context: Context
    line: int
    path: str = ""

    def key(self, key: str, line: int) -> Place:
        return Place(self.context, line, f"{self.path}.{key}" if self.path else key)

    def item(self, index: int, line: int) -> Place:
        return Place(self.context, line, f"{self.path}[{index}]")

    def fault(self, message: str) -> None:
        self.context.faults.add(self.line, self.path, message)

    @property
    def siblings(self) -> str:
        """The path of the innermost list that this place stands in."""
        return self.path.rpartition("[")[0]


class Record(dict):
    """A checked object of the file: only the keys that say something, and where each stands."""

    def __init__(self, place: Place):
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}

    def fault(self, message: str, key: str | None = None) -> None:
        """Report a fault of one key, or of the object where the key is not written."""
        (self.places.get(key or "") or self.place).fault(message)
