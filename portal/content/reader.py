"""From the bytes of a strategy file to a plain tree that knows the line of every value.

The tree is built from YAML events, not with a loader: every scalar stays the string that was
written ("1.10", "no" and "12:30" are codes and words here), nothing is expanded, and a file made to
exhaust memory or the stack is refused while it is being read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from portal.content.faults import Fault, Faults, StrategyFileError, quoted

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 30
MAX_VALUES = 200_000
NULLS = {"", "~", "null", "Null", "NULL"}
# Control characters, lone surrogates, and what turns the direction of text around unseen.
UNWANTED = re.compile(r"[^\n\t -~\u00a0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\U0010ffff]")
EVENTS_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Scalar:
    """One value as written; None where the file says null or nothing at all."""

    line: int
    value: str | None


@dataclass(slots=True)
class Sequence:
    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    line: int
    entries: dict[str, Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def read_file(path: Path) -> Mapping:
    """The tree of a file; its size is asked before it is read. Raises StrategyFileError."""
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise _too_large()
        with path.open("rb") as stream:
            return read_bytes(stream.read(MAX_BYTES + 1))
    except FileNotFoundError as error:
        raise _refusal(_("There is no file %(path)s.") % {"path": path}) from error
    except OSError as error:
        message = _("The file %(path)s cannot be read: %(reason)s.")
        raise _refusal(message % {"path": path, "reason": error.strerror}) from error


def read_bytes(data: bytes) -> Mapping:
    """The tree of a file's content. Raises StrategyFileError with every fault of form found."""
    if len(data) > MAX_BYTES:
        raise _too_large()
    text = _decode(data)
    faults = Faults()
    builder = _Builder(faults)
    try:
        for event in yaml.parse(text, Loader=EVENTS_LOADER):
            builder.take(event)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position or 0) + 1
        message = _("The character U+%(code)04X is not allowed in a strategy file. Delete it.")
        raise _refusal(message % {"code": _code_point(error)}, line) from error
    except yaml.MarkedYAMLError as error:
        raise _broken(error) from error
    faults.raise_if_any()
    if not isinstance(builder.root, Mapping):
        message = _("The file must be a mapping that starts with “format: strategy/1”.")
        raise _refusal(message, 1)
    return builder.root


def _refusal(message: str, line: int = 0) -> StrategyFileError:
    return StrategyFileError([Fault(line, "", message)])


def _too_large() -> StrategyFileError:
    limit = MAX_BYTES // (1024 * 1024)
    return _refusal(
        _("The file is larger than %(limit)d MB. A strategy file is text only.") % {"limit": limit}
    )


def _decode(data: bytes) -> str:
    """Strict UTF-8, with or without a byte order mark; else say what it may be."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refusal(_("The file is UTF-16, not UTF-8. Save it with the encoding UTF-8."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = _(
            "The file is not UTF-8 (byte 0x%(byte)02X); it may be Windows-1250."
            " Save it with the encoding UTF-8."
        )
        raise _refusal(message % {"byte": data[error.start]}, line) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise _refusal(
            _("The file contains a NUL character. Save it as plain text with the encoding UTF-8."),
            line,
        )
    return text


def _code_point(error: yaml.reader.ReaderError) -> int:
    character = error.character
    return ord(character) if isinstance(character, str) else int(character or 0)


def _broken(error: yaml.MarkedYAMLError) -> StrategyFileError:
    mark = error.problem_mark or error.context_mark
    parts = [part for part in (error.context, error.problem) if part]
    message = _(
        "This is not valid YAML: %(reason)s."
        " Check the indentation, the colons and the quotes near this line."
    )
    return _refusal(message % {"reason": ", ".join(parts)}, mark.line + 1 if mark else 1)


class _Builder:
    """Takes YAML events one by one; keeps the open containers on a stack of its own."""

    def __init__(self, faults: Faults):
        self.faults = faults
        self.root: Node | None = None
        self.documents = 0
        self.values = 0
        # Of each open container: the node, its path, and the key that waits for its value.
        self.stack: list[list] = []

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(line)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(line, _("Aliases (*name) are not read. Write the value out again."))
            self._place(Scalar(line, None))
        elif isinstance(event, yaml.NodeEvent):
            self._check_properties(event, line)
            self._take_node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def _take_node(self, event: yaml.Event, line: int) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._place(self._scalar(event, line))
            return
        if len(self.stack) >= MAX_DEPTH:
            raise _refusal(
                _("The values are nested deeper than %(limit)d levels.") % {"limit": MAX_DEPTH},
                line,
            )
        node = Mapping(line) if isinstance(event, yaml.MappingStartEvent) else Sequence(line)
        path = self._place(node)
        self.stack.append([node, path, None])

    def _start_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _refusal(
                _(
                    "The file holds more than one YAML document (a line “---”)."
                    " Keep one strategy per file."
                ),
                line,
            )

    def _check_properties(self, event: yaml.Event, line: int) -> None:
        if event.anchor:
            self._refuse(line, _("Anchors (&name) are not read. Write the value out."))
        if event.tag:
            self._refuse(
                line,
                _("Tags (%(tag)s) are not read. Write the plain value.")
                % {"tag": quoted(event.tag)},
            )

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        if event.style in (None, "") and event.value in NULLS:
            return Scalar(line, None)
        if found := UNWANTED.search(event.value):
            message = _("The character U+%(code)04X is not allowed in a text. Delete it.")
            self._refuse(line, message % {"code": ord(found[0])})
        return Scalar(line, event.value)

    def _refuse(self, line: int, message: str) -> None:
        self.faults.add(line, self._next_path(), message)

    def _next_path(self) -> str:
        if not self.stack:
            return ""
        node, path, key = self.stack[-1]
        if isinstance(node, Sequence):
            return f"{path}[{len(node.items)}]"
        return path if key is None else f"{path}.{key}".removeprefix(".")

    def _place(self, node: Node) -> str:
        """Put a node where it belongs: root, list item, key or value. Answers its path."""
        self.values += 1
        if self.values > MAX_VALUES:
            raise _refusal(
                _("The file holds more than %(limit)d values.") % {"limit": MAX_VALUES}, node.line
            )
        path = self._next_path()
        if not self.stack:
            self.root = node
        elif isinstance(self.stack[-1][0], Sequence):
            self.stack[-1][0].items.append(node)
        else:
            self._place_in_mapping(self.stack[-1], node, path)
        return path

    def _place_in_mapping(self, frame: list, node: Node, path: str) -> None:
        mapping, _path, key = frame
        if key is not None:
            mapping.entries.setdefault(key, node)
            frame[2] = None
            return
        if not isinstance(node, Scalar):
            raise _refusal(_("A key must be a single word, not a list or a mapping."), node.line)
        frame[2] = key = node.value or ""
        if key in mapping.entries:
            message = _("The key %(key)s stands here twice; it was first given on line %(first)d.")
            self.faults.add(
                node.line,
                f"{path}.{key}".removeprefix("."),
                message % {"key": quoted(key), "first": mapping.key_lines[key]},
            )
        mapping.key_lines.setdefault(key, node.line)
