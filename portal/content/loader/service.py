"""The one door for loading a strategy file."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model

from goals.models import Strategy
from portal.common.models import AuditEntry
from portal.common.services import save_record
from portal.common.states import Publication
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
    """A finished load: the strategy, what was done, and what became of the one shown before.

    ``shown_instead`` is the other strategy that the site goes on showing, ``no_longer_shown`` the
    one that this strategy took the place of.
    """

    strategy: Strategy
    tally: Tally
    shown_instead: Strategy | None = None
    no_longer_shown: Strategy | None = None


@transaction.atomic
def load_document(
    *,
    document: Record,
    make_current: bool | None = None,
    dry_run: bool = False,
    by: Model | None = None,
) -> Loaded:
    """Write a checked file into the database, all of it or nothing.

    What the file does not mention stays as it is, and nothing is deleted. With `dry_run` everything
    is tried and undone. A published strategy that is new becomes the one that the site shows,
    unless `make_current` says otherwise. Raises StrategyFileError when an entry breaks a rule of
    the database.
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
    other = Strategy.objects.current().exclude(pk=strategy.pk).first()
    if make_current is None:
        created = loading.outcomes[Strategy][strategy.pk] == "created"
        published = strategy.publication == Publication.PUBLISHED
        make_current = other is None or (created and published)
    if make_current:
        _show(strategy, other, by)
    if dry_run:
        transaction.set_rollback(True)
    if make_current:
        return Loaded(strategy, loading.tally, no_longer_shown=other)
    return Loaded(strategy, loading.tally, shown_instead=other)


def _show(strategy: Strategy, other: Strategy | None, by: Model | None) -> None:
    """Make the strategy the one that the site shows, in place of the other."""
    for record, is_current in ((other, False), (strategy, True)):
        if record is not None:
            record.is_current = is_current
            save_record(record=record, by=by, source=AuditEntry.Source.LOAD)
