"""The tables of keys in docs/strategy-format.md, made from the description that validates files."""

from collections.abc import Iterator

from portal.content.quantities import Count, Date, Day, Moment, Money, Number, Period, Year
from portal.content.scalars import Choice, Code, Flag, Line, Prose, Source, Url
from portal.content.schema import FILE
from portal.content.shapes import (
    Kind,
    List,
    NameEitherWay,
    Obj,
    OneOrMany,
    ShortOrFull,
    Slugs,
    Text,
)

START, END = "<!-- keys: start -->", "<!-- keys: end -->"
PLAIN = {
    Prose: "words",
    Source: "web address or words",
    Url: "web address",
    Money: "amount in euros",
    Number: "number",
    Count: "whole number",
    Year: "year",
    Period: "year, quarter, month or day",
    Day: "day",
    Date: "day, month or year",
    Moment: "day and time",
    Flag: "`true` or `false`",
    Slugs: "address in `sl` and `en`",
}


def reference_tables() -> str:
    """One section with one table for every object of the format, the file first."""
    sections = [_section(described) for described in _objects(FILE, set())]
    return "\n\n".join(sections) + "\n"


def renewed(document: str) -> str:
    """A document with the tables between its two marks made anew."""
    before, _start, rest = document.partition(START)
    _old, _end, after = rest.partition(END)
    return f"{before}{START}\n\n{reference_tables()}\n{END}{after}"


def _objects(kind: Kind, known: set[str]) -> Iterator[Obj]:
    inner = _inner(kind)
    if inner is not None:
        yield from _objects(inner, known)
    elif isinstance(kind, Obj) and kind.name not in known:
        known.add(kind.name)
        yield kind
        for field in kind.fields.values():
            yield from _objects(field.kind, known)


def _inner(kind: Kind) -> Kind | None:
    if isinstance(kind, List | OneOrMany):
        return kind.of
    return kind.full if isinstance(kind, ShortOrFull) else None


def _section(described: Obj) -> str:
    rows = [
        f"| `{key}` | {_words(field.kind)} | {'yes' if field.required else ''} | {field.help} |"
        for key, field in described.fields.items()
    ]
    head = ["| key | holds | needed | meaning |", "|---|---|---|---|"]
    return "\n".join([f"### {described.name}", "", *head, *rows])


def _words(kind: Kind) -> str:
    if isinstance(kind, Obj):
        return f"[{kind.name}](#{kind.name})"
    if isinstance(kind, List):
        return f"list of: {_words(kind.of)}"
    if isinstance(kind, OneOrMany):
        return f"{_words(kind.of)}, or a list of them"
    if isinstance(kind, ShortOrFull):
        short = _words(kind.full.fields[kind.key].kind)
        return f"{short}, or {_words(kind.full)}"
    if isinstance(kind, Choice):
        return ", ".join(f"`{word}`" for word in kind.words)
    if isinstance(kind, Code):
        return f"code of: {kind.refers_to}" if kind.refers_to else "code"
    return _texts(kind)


def _texts(kind: Kind) -> str:
    if isinstance(kind, NameEitherWay):
        return f"{_texts(kind.kind)}, once or in `sl` and `en`"
    if isinstance(kind, Text):
        return f"{_texts(kind.kind)}, in `sl` and `en`"
    if type(kind) is Line:
        return f"one line, at most {kind.max_length} characters"
    return PLAIN[type(kind)]
