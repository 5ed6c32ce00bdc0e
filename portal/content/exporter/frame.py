"""The strategy itself, its lists, organisations and districts as the file writes them."""

from goals.models import Amendment, Strategy, StrategyItem
from portal.accounts.models import District, Organisation
from portal.common.languages import LANGUAGES
from portal.content.exporter.levels import as_entered, change, in_file_order
from portal.content.exporter.values import Tree, day, state, text, words


def strategy(record: Strategy, changed: dict[int, list]) -> Tree:
    items = in_file_order(record.items.all())
    events = in_file_order(record.timeline.all())
    Kind = StrategyItem.Kind
    return {
        "code": record.code,
        "slug": text(record, "slug"),
        "title": text(record, "title"),
        "municipality": text(record, "municipality"),
        "period": {"start": words(record.period_start), "end": words(record.period_end)},
        "vision": text(record, "vision"),
        "summary": text(record, "summary"),
        "adopted": adopted(record),
        "amendments": [
            amendment(a, changed.get(a.pk, [])) for a in as_entered(record.amendments.all())
        ],
        "values": [item(line) for line in items if line.kind == Kind.VALUE],
        "principles": [item(line) for line in items if line.kind == Kind.PRINCIPLE],
        "preparation": {
            "prepared_by": [text(i, "name") for i in items if i.kind == Kind.PREPARED_BY],
            "stakeholders": [text(i, "name") for i in items if i.kind == Kind.STAKEHOLDER],
            "methods": [text(i, "name") for i in items if i.kind == Kind.METHOD],
            "timeline": [
                {"date": e.date, "text": text(e, "text"), "source": words(e.source)} for e in events
            ],
        },
        "sources": record.sources,
        **state(record),
    }


def item(line: StrategyItem) -> Tree:
    return {
        "name": text(line, "name"),
        "text": text(line, "text"),
        "source": words(line.source),
    }


def adopted(record: Strategy) -> Tree | str | None:
    """The day alone where nothing else is known of the adoption."""
    council = {
        "session": words(record.adoption_session),
        "document": words(record.adoption_document),
    }
    date = day(record.adopted_on)
    return {"date": date, **council} if date and any(council.values()) else date


def amendment(record: Amendment, measures: list) -> Tree:
    return {
        "code": record.code,
        "date": day(record.adopted_on),
        "session": words(record.session),
        "document": words(record.document),
        "title": text(record, "title"),
        "summary": text(record, "summary"),
        "changes": [{"measure": measure.code, **change(measure)} for measure in measures],
    }


def organisation(record: Organisation) -> Tree:
    return {
        "code": record.code,
        "slug": text(record, "slug"),
        "name": text(record, "name"),
        "parent": record.parent.code if record.parent else None,
        "kind": str(record.kind),
        "contact": words(record.contact),
    }


def district(record: District) -> Tree:
    name = text(record, "name") or {}
    alike = len(name) == len(LANGUAGES) and len(set(name.values())) == 1
    return {"code": record.code, "name": next(iter(name.values())) if alike else name}
