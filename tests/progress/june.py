"""A month to compare: June 2026, and what tests of the comparison share."""

from datetime import UTC, date, datetime

from portal.common.services import save_record
from portal.progress.comparison import Comparison
from tests import factories as make

JUNE = "/en/progress/brief/?from=2026-06-01&to=2026-06-30"
START, END = date(2026, 6, 1), date(2026, 6, 30)
BEFORE, DURING, LATER, AFTER = (
    datetime(2026, 5, 15, 12, tzinfo=UTC),
    datetime(2026, 6, 10, 12, tzinfo=UTC),
    datetime(2026, 6, 20, 12, tzinfo=UTC),
    datetime(2026, 7, 10, 12, tzinfo=UTC),
)


def june(record, start=START, end=END) -> Comparison:
    return Comparison(record.strategy, start, end)


def told(rows) -> list[tuple]:
    return [(row.before and row.before.value, row.after and row.after.value) for row in rows]


def save(indicator, period, value, at):
    observation = indicator.observations.filter(period=period).first()
    observation = observation or make.ObservationFactory.build(indicator=indicator, period=period)
    observation.value = value
    save_record(record=observation, by=None, at=at)
    return observation


def loaded(monkeypatch, *models) -> list:
    """Collect the rows of some models that are read from the database from now on."""
    rows = []
    for model in models:
        read = model.from_db.__func__

        def collect(cls, *args, read=read):
            rows.append(read(cls, *args))
            return rows[-1]

        monkeypatch.setattr(model, "from_db", classmethod(collect))
    return rows
