"""What stands around the levels: organisations, districts, the strategy's own lists, amendments."""

from __future__ import annotations

from collections.abc import Iterator

from goals.models import Amendment, PreparationEvent, Strategy, StrategyItem
from portal.accounts.models import District, Organisation
from portal.content.context import Record
from portal.content.loader import columns
from portal.content.loader.levels import Change, by_code, rows_by
from portal.content.loader.lists import put_list
from portal.content.loader.loading import Loading

ITEMS = {"values": StrategyItem.Kind.VALUE, "principles": StrategyItem.Kind.PRINCIPLE}
NAMES = {
    "prepared_by": StrategyItem.Kind.PREPARED_BY,
    "stakeholders": StrategyItem.Kind.STAKEHOLDER,
    "methods": StrategyItem.Kind.METHOD,
}


def put_strategy(loading: Loading, entry: Record) -> Strategy:
    """The strategy itself; its row is locked, so that two loads follow one another."""
    rows = Strategy.objects.select_for_update().filter(code=entry["code"])
    strategy = rows.first() or Strategy(code=entry["code"])
    slugs = loading.slugs(strategy, entry, "title", Strategy)
    values = {**columns.strategy(entry, strategy.sources), **slugs}
    return loading.put(strategy, values, entry)


def put_organisations(loading: Loading, entries: list[Record]) -> dict[str, Organisation]:
    """Every organisation by its code; a parent may stand below its parts in the file."""
    stored = by_code(Organisation.objects.prefetch_related("old_slugs"))
    for organisation in stored.values():
        loading.reserve_row(Organisation, organisation)
    for entry in entries:
        loading.reserve(Organisation, entry.get("slug"))
    for entry in _parents_first(entries):
        organisation = stored.get(entry["code"]) or Organisation()
        values = columns.organisation(entry)
        if "parent" in entry:
            values["parent"] = stored[entry["parent"]]
        values |= loading.slugs(organisation, entry, "name", Organisation)
        stored[entry["code"]] = loading.put(organisation, values, entry)
    return stored


def _parents_first(entries: list[Record]) -> Iterator[Record]:
    """In the order of the file, but nobody before what they are part of (there are no circles)."""
    waiting = {entry["code"]: entry for entry in entries}
    for entry in entries:
        chain, code = [], entry["code"]
        while code in waiting:
            chain.append(waiting.pop(code))
            code = chain[-1].get("parent")
        yield from reversed(chain)


def put_districts(loading: Loading, entries: list[Record]) -> None:
    stored = by_code(District.objects.all())
    for entry in entries:
        values = {"code": entry["code"], **columns.texts(entry, "name")}
        loading.put(stored.get(entry["code"]) or District(), values, entry)


def put_strategy_lists(loading: Loading, strategy: Strategy, entry: Record) -> None:
    """Values, principles, participants, methods and steps of the preparation."""
    items = StrategyItem.objects.filter(strategy=strategy).order_by("position", "pk")
    rows_of = rows_by(items, "kind")
    preparation = entry.get("preparation", {})
    for key, kind in ITEMS.items():
        lines = [(columns.line(item), item) for item in entry.get(key, [])]
        _put_items(loading, strategy, kind, lines, rows_of[kind])
    for key, kind in NAMES.items():
        lines = [
            (columns.texts({"name": name}, "name"), preparation)
            for name in preparation.get(key, [])
        ]
        _put_items(loading, strategy, kind, lines, rows_of[kind])
    events = PreparationEvent.objects.filter(strategy=strategy).order_by("position", "pk")
    put_list(
        loading,
        model=PreparationEvent,
        owner={"strategy": strategy},
        lines=[(columns.line(event), event) for event in preparation.get("timeline", [])],
        rows=list(events),
        text="text",
    )
    loading.count_left(StrategyItem, items)
    loading.count_left(PreparationEvent, events)


def _put_items(loading, strategy, kind, lines, rows) -> None:
    owner = {"strategy": strategy, "kind": kind}
    put_list(loading, model=StrategyItem, owner=owner, lines=lines, rows=rows, text="name")


def put_amendments(loading: Loading, strategy: Strategy, document: Record) -> dict[str, Change]:
    """Write the amendments; answer what became of which measure, and by which amendment."""
    stored = by_code(strategy.amendments.all())
    changes: dict[str, Change] = {}
    for entry in document["strategy"].get("amendments", []):
        values = {"strategy": strategy, **columns.amendment(entry)}
        amendment = loading.put(stored.get(entry["code"]) or Amendment(), values, entry)
        for change in entry.get("changes", []):
            changes[change["measure"]] = (change, amendment)
    for goal in document.get("goals", []):
        for objective in goal.get("objectives", []):
            for measure in objective.get("measures", []):
                if "change" in measure:
                    changes[measure["code"]] = (measure["change"], None)
    loading.count_left(Amendment, stored.values())
    return changes
