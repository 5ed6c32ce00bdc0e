"""The JSON Schema of the strategy file, made from the description that also validates it."""

import json
from typing import Any

from portal.common.languages import LANGUAGES
from portal.common.states import Publication
from portal.content.schema import FILE, FORMAT
from portal.content.shapes import DEFINITIONS, Field, Kind, List, Obj, OneOrMany, ShortOrFull, Text

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def strategy_schema() -> dict[str, Any]:
    """The schema as data. It knows shapes; what depends on other places only the loader knows."""
    definitions: dict[str, Any] = {}
    _describe(FILE, definitions)
    return {
        "$schema": DIALECT,
        "title": f"Strategy file ({FORMAT})",
        "description": "A city's strategy, its goals, measures and indicators in two languages.",
        "$ref": DEFINITIONS + FILE.name,
        "$defs": dict(sorted(definitions.items())),
    }


def strategy_schema_text() -> str:
    return json.dumps(strategy_schema(), indent=2, ensure_ascii=False) + "\n"


def _describe(kind: Kind, definitions: dict[str, Any]) -> None:
    """Add the definition of every object below `kind`, each once."""
    if isinstance(kind, List | OneOrMany):
        _describe(kind.of, definitions)
    elif isinstance(kind, ShortOrFull):
        _describe(kind.full, definitions)
    elif isinstance(kind, Obj) and kind.name not in definitions:
        definitions[kind.name] = _object(kind)
        for field in kind.fields.values():
            _describe(field.kind, definitions)


def _object(kind: Obj) -> dict[str, Any]:
    hideable = "publication" in kind.fields
    properties = {key: _property(field, hideable) for key, field in kind.fields.items()}
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    required = [key for key, field in kind.fields.items() if field.required]
    if required:
        schema["required"] = required
    return schema | (_both_languages_unless_hidden(kind) if hideable else {})


def _property(field: Field, hideable: bool) -> dict[str, Any]:
    kind = field.kind
    lenient = hideable and isinstance(kind, Text)
    schema = kind.draft_schema() if lenient else kind.json_schema()
    if not field.required:
        schema = {"anyOf": [schema, {"type": "null"}]}
    return {"description": field.help, **schema}


def _both_languages_unless_hidden(kind: Obj) -> dict[str, Any]:
    hidden = {"enum": [str(Publication.DRAFT), str(Publication.ARCHIVED)]}
    texts = [key for key, field in kind.fields.items() if isinstance(field.kind, Text)]
    return {
        "if": {"properties": {"publication": hidden}, "required": ["publication"]},
        "else": {"properties": {key: {"required": list(LANGUAGES)} for key in texts}},
    }
