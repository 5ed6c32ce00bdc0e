"""The kinds of single values in a strategy file: how each is read, refused and described.

Every kind drives both the validation (`clean`) and the published JSON Schema (`json_schema`), so
the two cannot drift apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from portal.common.fields import validate_code
from portal.common.slugs import MAX_SLUG_LENGTH, RESERVED_SLUGS, slug_of
from portal.content.context import Place
from portal.content.faults import did_you_mean, listed, quoted
from portal.content.reader import Mapping, Node, Scalar


class Wrong(Exception):
    """A value cannot be what its field needs; the message says why and what to write instead."""


def visible(text: str) -> bool:
    """Say whether there is anything to see in ``text``; zero-width characters are nothing."""
    return any(unicodedata.category(letter)[0] not in "CZ" for letter in text)


class Kind:
    """A kind of value. `clean` answers None for null and for whatever it had to refuse."""

    def clean(self, node: Node, place: Place) -> Any:
        raise NotImplementedError

    def json_schema(self) -> dict[str, Any]:
        raise NotImplementedError


class ScalarKind(Kind):
    """A single value, always read as the text that was written."""

    def clean(self, node: Node, place: Place) -> Any:
        if not isinstance(node, Scalar):
            found = _("a mapping") if isinstance(node, Mapping) else _("a list")
            place.fault(_("A single value belongs here, not %(found)s.") % {"found": found})
            return None
        if node.value is None:
            return None
        value = node.value.strip()
        if not visible(value):
            place.fault(_("The value is blank. Write it, or null if it is not known."))
            return None
        try:
            return self.parse(value, place)
        except Wrong as wrong:
            place.fault(str(wrong))
            return None

    def parse(self, value: str, place: Place) -> Any:
        raise NotImplementedError


class Line(ScalarKind):
    """Words on one line."""

    def __init__(self, max_length: int = 300):
        self.max_length = max_length

    def parse(self, value: str, place: Place) -> str:
        if "\n" in value:
            raise Wrong(_("This text must stand on one line."))
        if len(value) > self.max_length:
            message = _("The text has %(length)d characters; at most %(limit)d are allowed.")
            raise Wrong(message % {"length": len(value), "limit": self.max_length})
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.max_length}


class Prose(Line):
    """Words that may run over several lines and paragraphs, as long as they need."""

    def parse(self, value: str, place: Place) -> str:
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


class Code(ScalarKind):
    """A short name that the file gives to something (`defines`) or uses for it (`refers_to`)."""

    def __init__(self, *, defines: str = "", refers_to: str = "", max_length: int = 40):
        self.defines = defines
        self.refers_to = refers_to
        self.max_length = max_length

    def parse(self, value: str, place: Place) -> str:
        if len(value) > self.max_length or not validate_code.regex.search(value):
            message = _("%(value)s is not a code. %(rule)s At most %(limit)d characters.")
            rule = {"rule": validate_code.message, "limit": self.max_length}
            raise Wrong(message % {"value": quoted(value), **rule})
        if self.defines:
            define(self.defines, "", value, place)
        if self.refers_to:
            place.context.referred.append((self.refers_to, value, place))
        return value

    def json_schema(self) -> dict[str, Any]:
        pattern = validate_code.regex.pattern.replace(r"\Z", "$")
        return {"type": ["string", "number"], "pattern": pattern, "maxLength": self.max_length}


def define(what: str, scope: str, name: str, place: Place) -> None:
    """Note that the file gives a name; the same name twice in one scope is a fault."""
    first = place.context.defined[what, scope].setdefault(name, place)
    if first is not place:
        message = _("%(name)s is already taken on line %(line)d (%(path)s).")
        taken = {"name": quoted(name), "line": first.line, "path": first.path}
        place.fault(message % taken)


class Slug(ScalarKind):
    """A record's part of a page address in one language; unique among siblings or in the file."""

    def __init__(self, language: str, *, space: str = ""):
        self.language = language
        self.space = space

    def parse(self, value: str, place: Place) -> str:
        proposal = slug_of(value)
        if value in RESERVED_SLUGS:
            message = _("%(value)s is the address of a page of the portal. Choose another.")
            raise Wrong(message % {"value": quoted(value)})
        if len(value) > MAX_SLUG_LENGTH or proposal != value:
            message = _(
                "%(value)s cannot be part of an address: use small letters a-z, digits and"
                " single hyphens, at most %(limit)d characters."
            )
            hint = did_you_mean(proposal, [proposal]) if proposal != "x" else ""
            raise Wrong(message % {"value": quoted(value), "limit": MAX_SLUG_LENGTH} + hint)
        define(f"slug.{self.language}", self.space or place.siblings, value, place)
        return value

    def json_schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "maxLength": MAX_SLUG_LENGTH,
            "not": {"enum": sorted(RESERVED_SLUGS)},
        }


class Url(ScalarKind):
    """The address of a web page."""

    max_length = 500
    validate = URLValidator(schemes=["http", "https"])

    def parse(self, value: str, place: Place) -> str:
        if len(value) > self.max_length:
            message = _("The address is longer than %(limit)d characters.")
            raise Wrong(message % {"limit": self.max_length})
        try:
            self.validate(value)
        except ValidationError as error:
            message = _("%(value)s is not a web address that starts with https:// or http://.")
            raise Wrong(message % {"value": quoted(value)}) from error
        return value

    def json_schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://\S+$",
            "maxLength": self.max_length,
        }


class Source(Line):
    """Where something is published: a web address, or words such as the name of a report."""

    def __init__(self):
        super().__init__(Url.max_length)

    def parse(self, value: str, place: Place) -> str:
        if re.match(r"(javascript|vbscript|data|file|ftp):", value, re.IGNORECASE):
            message = _("%(value)s is not a web address that starts with https:// or http://.")
            raise Wrong(message % {"value": quoted(value)})
        return super().parse(value, place)


class Choice(ScalarKind):
    """One of a closed list of words."""

    def __init__(self, words: Iterable[str], what: str):
        self.words = [str(word) for word in words]
        self.what = what

    def parse(self, value: str, place: Place) -> str:
        if value not in self.words:
            message = _("%(value)s is not one of the words for “%(what)s”: %(words)s.")
            names = {"value": quoted(value), "what": self.what, "words": listed(self.words)}
            raise Wrong(message % names + did_you_mean(value.lower(), self.words))
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"enum": self.words}


class Flag(ScalarKind):
    """True or false."""

    def parse(self, value: str, place: Place) -> bool:
        if value.lower() not in ("true", "false"):
            message = _("%(value)s is neither true nor false.")
            raise Wrong(message % {"value": quoted(value)})
        return value.lower() == "true"

    def json_schema(self) -> dict[str, Any]:
        return {"type": "boolean"}
