"""What can be wrong with a message catalogue, found without reading its language."""

import re
from collections.abc import Iterator

from polib import POEntry, POFile

# The texts in the code are English; every other language needs a catalogue.
SOURCE_LANGUAGE = "en"
PLURALS = {
    "sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[^a-zA-Z]*[a-zA-Z]|%[sd]|\{\w*\}|<\w+:\w+>|</?\w+>")
_SEGMENT = re.compile(r"(?:[a-z0-9-]+|<\w+:\w+>)(?:/|\Z)", re.ASCII)

Message = tuple[str, str]  # context and text


def message_of(entry: POEntry) -> Message:
    return entry.msgctxt or "", entry.msgid


def faults(catalogue: POFile, language: str) -> Iterator[str]:
    """Say what is unfinished, contradictory or left over, one sentence each."""
    expected = PLURALS.get(language)
    header = " ".join(catalogue.metadata.get("Plural-Forms", "").split())
    if expected and header != expected:
        yield f"the header Plural-Forms must be “{expected}”"
    for entry in catalogue:
        name = _name(entry)
        if entry.obsolete:
            yield f"{name} is obsolete"
        elif entry.fuzzy:
            yield f"{name} is fuzzy"
        else:
            yield from (f"{name} {fault}" for fault in _entry_faults(entry, header))


def differences(catalogue: POFile, used: set[Message]) -> Iterator[str]:
    """Say which of the messages in use the catalogue lacks, and which it keeps needlessly."""
    known = {message_of(entry) for entry in catalogue if not entry.obsolete}
    for _context, text in sorted(used - known):
        yield f"“{text}” is used but not in the catalogue (make messages)"
    for _context, text in sorted(known - used):
        yield f"“{text}” is in the catalogue but not used (make messages)"


def _entry_faults(entry: POEntry, header: str) -> Iterator[str]:
    texts = _translations(entry)
    count = re.match(r"nplurals=(\d+)", header)
    if entry.msgid_plural and count and len(texts) != int(count[1]):
        yield f"has {len(texts)} plural forms instead of {count[1]}"
    if not all(texts):
        yield "is not translated"
        return
    # Every form of a plural names the number: the one for 1 also serves 101.
    expected = _placeholders(entry.msgid_plural or entry.msgid)
    if any(_placeholders(text) != expected for text in texts):
        yield f"does not keep its placeholders ({', '.join(expected) or 'it has none'})"
    if entry.msgctxt == "url" and not _is_route(texts[0]):
        yield "must be words of a-z, 0-9 and hyphens, parted by “/”"


def _translations(entry: POEntry) -> list[str]:
    if entry.msgid_plural:
        return [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)]
    return [entry.msgstr]


def _placeholders(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text.replace("%%", "")))


def _is_route(text: str) -> bool:
    return not _SEGMENT.sub("", text)


def _name(entry: POEntry) -> str:
    context = f" ({entry.msgctxt})" if entry.msgctxt else ""
    return f"“{entry.msgid}”{context}"
