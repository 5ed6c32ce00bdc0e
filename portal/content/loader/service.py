"""The one door for loading a strategy file."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model

from goals.models import Strategy
from portal.common.models import AuditEntry
from portal.common.services import save_record
from portal.content.context import Record
from portal.content.loader.frame import (
    put_amendments,
    put_districts,
    put_organisations,
    put_strategy,
    put_strategy_lists,
)
from portal.content.loader.levels import Levels
from portal.content.loader.loading import Loading
from portal.content.loader.projects import put_projects
from portal.content.loader.tally import Tally


@dataclass(frozen=True)
class Loaded:
    """A finished load: the strategy, what was done, and the other strategy that the site shows."""

    strategy: Strategy
    tally: Tally
    shown_instead: Strategy | None


@transaction.atomic
def load_document(
    *, document: Record, make_current: bool = False, dry_run: bool = False, by: Model | None = None
) -> Loaded:
    """Write a checked file into the database, all of it or nothing.

    What the file does not mention stays as it is, and nothing is deleted. The first strategy of a
    site becomes the one it shows; a later one only with `make_current`. With `dry_run` everything
    is tried and undone. Raises StrategyFileError when an entry breaks a rule of the database.
    """
    loading = Loading(by=by)
    organisations = put_organisations(loading, document.get("organisations", []))
    put_districts(loading, document.get("districts", []))
    strategy = put_strategy(loading, document["strategy"])
    put_strategy_lists(loading, strategy, document["strategy"])
    changes = put_amendments(loading, strategy, document)
    levels = Levels(loading, strategy, organisations, changes)
    levels.load(document["goals"])
    put_projects(loading, levels, document.get("projects", []))
    shown_instead = _show(strategy, make_current=make_current, by=by)
    if dry_run:
        transaction.set_rollback(True)
    return Loaded(strategy, loading.tally, shown_instead)


def _show(strategy: Strategy, *, make_current: bool, by: Model | None) -> Strategy | None:
    """Make the strategy the one that the site shows, or answer which other one it keeps showing."""
    other = Strategy.objects.current().exclude(pk=strategy.pk).first()
    if other and not make_current:
        return other
    source = AuditEntry.Source.LOAD
    if other:
        other.is_current = False
        save_record(record=other, by=by, source=source)
    if not strategy.is_current:
        strategy.is_current = True
        save_record(record=strategy, by=by, source=source)
    return None
