"""What is wrong with a strategy file, said so that its author can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MAX_FAULTS = 200
MAX_QUOTED = 60


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: its line (0 for the file as a whole), the path of its field, and a sentence."""

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = _("line %(line)d") % {"line": self.line} if self.line else ""
        path = f"{self.path}:" if self.path else ""
        return " ".join(part for part in (place, path, self.message) if part)


class StrategyFileError(Exception):
    """The file cannot be loaded; `faults` says why, in the order of the file."""

    def __init__(self, faults: Iterable[Fault], *, total: int | None = None):
        self.faults = sorted(set(faults))
        self.total = len(self.faults) if total is None else total
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """One line per fault, and a last one for those beyond the cap."""
        lines = [str(fault) for fault in self.faults]
        unsaid = self.total - len(self.faults)
        if unsaid > 0:
            lines.append(
                ngettext("and %(count)d more fault", "and %(count)d more faults", unsaid)
                % {"count": unsaid}
            )
        return lines


class Faults:
    """Collects faults while a file is read; keeps the first MAX_FAULTS and counts the rest."""

    def __init__(self, limit: int = MAX_FAULTS):
        self.limit = limit
        self.total = 0
        self._kept: list[Fault] = []

    def __bool__(self) -> bool:
        return self.total > 0

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._kept)

    def add(self, line: int, path: str, message: str) -> None:
        self.total += 1
        if len(self._kept) < self.limit:
            self._kept.append(Fault(line, path, message))

    def raise_if_any(self) -> None:
        if self:
            raise StrategyFileError(self._kept, total=self.total)


def quoted(value: str) -> str:
    """A value inside a message: on one line, printable, and cut where it is too long."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value[: MAX_QUOTED + 1])
    return f'"{shown[:MAX_QUOTED]}…"' if len(value) > MAX_QUOTED else f'"{shown}"'


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """' Did you mean "count"?' where something known is close enough, else nothing."""
    close = difflib.get_close_matches(value[:MAX_QUOTED], list(known), n=1, cutoff=0.6)
    return " " + _("Did you mean %(name)s?") % {"name": quoted(close[0])} if close else ""


def listed(names: Iterable[str]) -> str:
    return ", ".join(names)
