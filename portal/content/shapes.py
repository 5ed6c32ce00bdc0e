"""How single values join to texts, lists and objects; each reads, refuses, describes itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from portal.common.languages import LANGUAGES
from portal.common.states import Publication
from portal.content.context import Place, Record
from portal.content.faults import did_you_mean, listed, quoted
from portal.content.reader import Mapping, Node, Scalar, Sequence
from portal.content.scalars import Kind, Line, Prose, ScalarKind, Slug

Rule = Callable[[Record], None]
DEFINITIONS = "#/$defs/"


def is_null(node: Node | None) -> bool:
    return node is None or (isinstance(node, Scalar) and node.value is None)


class PerLanguage(Kind):
    """A mapping with one value per language of the portal."""

    def __init__(self, kinds: dict[str, ScalarKind]):
        self.kinds = kinds

    def clean(self, node: Node, place: Place) -> dict[str, str] | None:
        if is_null(node):
            return None
        if not isinstance(node, Mapping):
            place.fault(_("Both languages belong here, such as: {sl: Mesto, en: City}."))
            return None
        self._refuse_other_keys(node, place)
        values = {}
        for language, kind in self.kinds.items():
            inner = node.entries.get(language)
            if is_null(inner):
                self.missing(language, place)
                continue
            value = kind.clean(inner, place.key(language, inner.line))
            if value is not None:
                values[language] = value
        return values or None

    def _refuse_other_keys(self, node: Mapping, place: Place) -> None:
        for key in node.entries.keys() - self.kinds.keys():
            message = _(
                "%(key)s is not a language of this portal; its texts are in: %(languages)s."
            )
            names = {"key": quoted(key), "languages": listed(self.kinds)}
            place.key(key, node.key_lines[key]).fault(message % names)

    def missing(self, language: str, place: Place) -> None:
        """What to do where a language says nothing."""


class Text(PerLanguage):
    """Words in both languages; only a draft may still lack one."""

    def __init__(self, kind: Line):
        super().__init__(dict.fromkeys(LANGUAGES, kind))
        self.kind = kind

    def missing(self, language: str, place: Place) -> None:
        if not place.context.draft:
            message = _("The text in the language “%(language)s” is missing.")
            place.fault(message % {"language": language})

    def json_schema(self) -> dict[str, Any]:
        schema = self.draft_schema()
        return {**schema, "required": list(self.kinds)}

    def draft_schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {language: self.kind.json_schema() for language in self.kinds},
            "additionalProperties": False,
            "minProperties": 1,
        }


class Slugs(PerLanguage):
    """Addresses per language; where one is not given it is derived from the title."""

    def __init__(self, *, space: str = ""):
        super().__init__({language: Slug(language, space=space) for language in LANGUAGES})

    def json_schema(self) -> dict[str, Any]:
        properties = {language: kind.json_schema() for language, kind in self.kinds.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}


def line(max_length: int = 300) -> Text:
    return Text(Line(max_length))


def prose() -> Text:
    return Text(Prose())


class NameEitherWay(Text):
    """A proper name: written once where it is the same in both languages, else in each."""

    def clean(self, node: Node, place: Place) -> dict[str, str] | None:
        if not isinstance(node, Scalar):
            return super().clean(node, place)
        name = self.kind.clean(node, place)
        return None if name is None else dict.fromkeys(self.kinds, name)

    def json_schema(self) -> dict[str, Any]:
        return {"oneOf": [self.kind.json_schema(), super().json_schema()]}


class List(Kind):
    """Values of one kind, one after another; `unique` names what may not occur twice among them."""

    def __init__(self, of: Kind, *, unique: tuple[str, ...] = ()):
        self.of = of
        self.unique = unique

    def clean(self, node: Node, place: Place) -> list | None:
        if is_null(node):
            return None
        if not isinstance(node, Sequence):
            place.fault(_("A list belongs here: one value per line, each after “- ”."))
            return None
        cleaned = []
        for index, item in enumerate(node.items):
            inner = place.item(index, item.line)
            if is_null(item):
                inner.fault(_("This entry of the list is empty. Write it or delete the line."))
                continue
            value = self.of.clean(item, inner)
            if value is not None:
                cleaned.append(value)
        self._refuse_twins(cleaned, place)
        return cleaned

    def _refuse_twins(self, records: list, place: Place) -> None:
        seen: dict[tuple, Place] = {}
        for record in records if self.unique else []:
            key = tuple(str(record.get(name)) for name in self.unique)
            first = seen.setdefault(key, record.place)
            if first is not record.place:
                message = _("The entry on line %(line)d says the same of: %(names)s.")
                record.fault(
                    message % {"line": first.line, "names": listed(self.unique)}, self.unique[0]
                )

    def json_schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.of.json_schema()}


@dataclass(frozen=True)
class Field:
    """One key of an object and what it means.

    An export writes a `shown` key even where nothing is known: the gap is part of the picture.
    """

    kind: Kind
    help: str
    required: bool = False
    shown: bool = False


def shown(fields: dict[str, Field], *keys: str) -> dict[str, Field]:
    """The same fields, those named (or all) written by an export even where nothing is known."""
    return {
        key: replace(field, shown=True) if key in (keys or fields) else field
        for key, field in fields.items()
    }


class Obj(Kind):
    """An object with known keys; `rules` look at what one key alone cannot tell."""

    def __init__(self, name: str, fields: dict[str, Field], *rules: Rule):
        self.name = name
        self.fields = fields
        self.rules = rules

    def clean(self, node: Node, place: Place) -> Record | None:
        if is_null(node):
            return None
        if not isinstance(node, Mapping):
            place.fault(
                _("Keys with values belong here: %(keys)s.") % {"keys": listed(self.fields)}
            )
            return None
        record = Record(place)
        self._refuse_unknown_keys(node, place)
        with place.context.inside(draft=self._is_draft(node, place)):
            for key, field in self.fields.items():
                self._clean_field(key, field, node.entries.get(key), record)
        for rule in self.rules:
            rule(record)
        return record

    def _clean_field(self, key: str, field: Field, node: Node | None, record: Record) -> None:
        if is_null(node):
            if field.required:
                record.place.fault(_("The key %(key)s is missing.") % {"key": quoted(key)})
            return
        record.places[key] = inner = record.place.key(key, node.line)
        value = field.kind.clean(node, inner)
        if value is not None:
            record[key] = value

    def _is_draft(self, node: Mapping, place: Place) -> bool:
        """What has no publication state of its own shares that of the object it belongs to."""
        if "publication" not in self.fields:
            return place.context.draft
        state = node.entries.get("publication")
        hidden = (Publication.DRAFT, Publication.ARCHIVED)
        return isinstance(state, Scalar) and state.value in hidden

    def _refuse_unknown_keys(self, node: Mapping, place: Place) -> None:
        for key in node.entries.keys() - self.fields.keys():
            message = _("%(key)s is not a key that can stand here.") % {"key": quoted(key)}
            hint = did_you_mean(key, self.fields.keys() - node.entries.keys())
            place.key(key, node.key_lines[key]).fault(message + hint)

    def json_schema(self) -> dict[str, Any]:
        return {"$ref": DEFINITIONS + self.name}


class OneOrMany(Kind):
    """An object, or a list of such objects; read as a list in either case."""

    def __init__(self, of: Obj, *, unique: tuple[str, ...] = ()):
        self.of = of
        self.many = List(of, unique=unique)

    def clean(self, node: Node, place: Place) -> list[Record] | None:
        if isinstance(node, Sequence):
            return self.many.clean(node, place)
        record = self.of.clean(node, place)
        return None if record is None else [record]

    def json_schema(self) -> dict[str, Any]:
        return {"oneOf": [self.of.json_schema(), self.many.json_schema()]}


class ShortOrFull(Kind):
    """An object whose one main key may be written alone, without the key."""

    def __init__(self, key: str, full: Obj):
        self.key = key
        self.full = full

    def clean(self, node: Node, place: Place) -> Record | None:
        if is_null(node) or not isinstance(node, Scalar):
            return self.full.clean(node, place)
        mapping = Mapping(node.line, {self.key: node}, {self.key: node.line})
        return self.full.clean(mapping, place)

    def json_schema(self) -> dict[str, Any]:
        short = self.full.fields[self.key].kind.json_schema()
        return {"oneOf": [short, self.full.json_schema()]}
