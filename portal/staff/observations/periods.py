"""Which periods the columns of the grid stand for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from indicators.models import Indicator, Target
from portal.accounts.models.owned import UpdateRhythm
from portal.common.partial_dates import PartialDate, parse_period
from portal.common.wording import written_date

MAX_COLUMNS = 24
YEAR, QUARTER, MONTH = "year", "quarter", "month"
_PER = {Target.Per.MONTH: MONTH, **dict.fromkeys(("year", "even_year", "two_years"), YEAR)}
_RHYTHM = {
    UpdateRhythm.MONTHLY: MONTH,
    UpdateRhythm.QUARTERLY: QUARTER,
    UpdateRhythm.HALF_YEARLY: QUARTER,
    UpdateRhythm.YEARLY: YEAR,
}


@dataclass(frozen=True)
class Column:
    """A period as the head of a column; ``running`` while its last day has not passed."""

    period: str
    precision: str
    running: bool

    @property
    def label(self) -> str:
        return written_date(self.period)


def usual_precision(indicator: Indicator) -> str:
    """Return how often ``indicator`` is measured: as its target counts, else as it is renewed."""
    counted = [_PER[t.per] for t in indicator.targets.all() if t.per in _PER]
    if counted:
        return counted[0]
    return _RHYTHM.get(indicator.update_rhythm, YEAR)


def columns(precisions: Collection[str], first: int, last: int, today: date) -> list[Column]:
    """Return the latest periods of the years ``first`` to ``last`` that have begun by ``today``.

    At most ``MAX_COLUMNS``, in the order in which they end: March, the first quarter, April.
    """
    spans = [
        span
        for year in range(first, last + 1)
        for precision in precisions
        for span in _of_year(year, precision)
        if span.start <= today
    ]
    spans.sort(key=lambda span: (span.end, -span.start.toordinal()))
    return [Column(span.text, span.precision, span.end > today) for span in spans[-MAX_COLUMNS:]]


def _of_year(year: int, precision: str) -> list[PartialDate]:
    texts = {
        YEAR: [f"{year}"],
        QUARTER: [f"{year}-Q{number}" for number in range(1, 5)],
        MONTH: [f"{year}-{number:02d}" for number in range(1, 13)],
    }
    return [parse_period(text) for text in texts[precision]]
