"""The grid: indicators down, periods across, in each cell a box with the stored value.

The page carries what it showed (``token``, signed for the person), so that what comes back is
compared with what the person saw: a box that was left alone asks for nothing, and one that
somebody else has changed meanwhile is not written over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from indicators.models import Indicator, Observation

from .entry import Entry, Fault, state_of
from .forms import USUAL, ChoiceForm
from .number import Convention, read_number, write_number
from .periods import Column, columns, usual_precision

PER_PAGE = 200
MARK = "~"  # after a provisional value


@dataclass(frozen=True)
class Cell:
    """A box: ``stored`` is what it holds if nobody writes in it, ``text`` what was written."""

    name: str
    column: Column
    stored: str
    text: str
    message: str = ""
    is_sample: bool = False

    @property
    def is_changed(self) -> bool:
        return self.text != self.stored


@dataclass(frozen=True)
class Row:
    indicator: Indicator
    cells: list[Cell | None]  # None where the indicator is not measured so


class Grid:
    """What one page shows: ``indicators`` in the periods that ``form`` asks for.

    ``typed`` are texts to be shown instead of the stored ones, by the names of their boxes, and
    ``faults`` what is wrong with them.
    """

    def __init__(
        self,
        indicators: Sequence[Indicator],
        form: ChoiceForm,
        *,
        typed: dict[str, str] | None = None,
        faults: Sequence[Fault] = (),
    ):
        self.convention, self.typed = form.convention, typed or {}
        self.messages = {fault.cell: fault.message for fault in faults}
        choice, self.usual = form.cleaned_data, {i.pk: usual_precision(i) for i in indicators}
        self.all_open = choice["by"] != USUAL
        precisions = {choice["by"]} if self.all_open else set(self.usual.values())
        self.columns = columns(precisions, choice["first"], choice["last"], form.today)
        stored = Observation.objects.of(indicators, {column.period for column in self.columns})
        self.stored = {(o.indicator_id, o.period): o for o in stored}
        self.rows = [Row(i, [self._cell(i, column) for column in self.columns]) for i in indicators]

    def _cell(self, indicator: Indicator, column: Column) -> Cell | None:
        known = self.stored.get((indicator.pk, column.period))
        if not (known or self.all_open or column.precision == self.usual[indicator.pk]):
            return None
        name, text = f"v{indicator.pk}-{column.period}", written(state_of(known), self.convention)
        return Cell(
            name=name,
            column=column,
            stored=text,
            text=self.typed.get(name, text),
            message=self.messages.get(name, ""),
            is_sample=bool(known and known.is_sample),
        )

    def token(self, user) -> str:
        """Sign for ``user`` what this page shows."""
        seen = {
            cell.name: [row.indicator.code, cell.column.period, self._state(row, cell)]
            for row in self.rows
            for cell in row.cells
            if cell
        }
        shown = {"convention": self.convention, "seen": seen}
        return signing.dumps(shown, salt=_salt(user), compress=True)

    def _state(self, row: Row, cell: Cell) -> str:
        return state_of(self.stored.get((row.indicator.pk, cell.column.period)))


def _salt(user) -> str:
    return f"grid:{user.pk}"


@dataclass(frozen=True)
class Sent:
    """What came back: entries of the boxes that were changed, and what cannot be read."""

    convention: Convention
    entries: list[Entry]
    faults: list[Fault]
    typed: dict[str, str]


def read_sent(data: Any, user) -> Sent:
    """Read a form that was sent. Raises ``PermissionDenied`` if its token is not of ``user``."""
    if "shown" not in data:
        raise BadRequest(_("The form was sent without what it showed. Please open it again."))
    try:
        shown = signing.loads(data["shown"], salt=_salt(user))
    except signing.BadSignature:
        raise PermissionDenied from None
    sent = Sent(Convention(shown["convention"]), [], [], {})
    for name, (code, period, seen) in shown["seen"].items():
        text = data.get(name, "").strip()
        if name in data and text != written(seen, sent.convention):
            sent.typed[name] = text
            _read_cell(sent, Fault("", code=code, period=period, cell=name), text, seen)
    return sent


def _read_cell(sent: Sent, place: Fault, text: str, seen: str) -> None:
    try:
        if not text:
            raise ValidationError(
                _("A value is not deleted here; delete it on the page of its indicator.")
            )
        provisional = text.endswith(MARK)
        value = read_number(text.removesuffix(MARK), sent.convention)
    except ValidationError as error:
        sent.faults.append(replace(place, message=error.messages[0]))
        return
    entry = Entry(
        code=place.code,
        period=place.period,
        text=text,
        value=value,
        provisional=provisional,
        cell=place.cell,
        seen=seen,
    )
    sent.entries.append(entry)


def written(state: str, convention: Convention) -> str:
    """Write a ``state_of`` as a box shows it."""
    if not state:
        return ""
    mark = MARK if state.endswith(MARK) else ""
    return f"{write_number(Decimal(state.removesuffix(MARK)), convention)}{mark}"
