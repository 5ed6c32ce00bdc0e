"""Two versions of a text side by side in one: what went is deleted, what came is inserted."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_TOKENS = re.compile(r"\s+|[^\s\w]|\w+")
# Comparing word by word takes time with the square of the length; longer texts are shown whole.
_MOST_TOKENS = 4000


def mark_differences(before: str, after: str) -> SafeString:
    """Return both texts as one, with ``<del>`` and ``<ins>``; everything in them is escaped."""
    return format_html_join("", "{}", ((part,) for part in _parts(before or "", after or "")))


def _parts(before: str, after: str) -> Iterator[str | SafeString]:
    if before == after:
        yield before
        return
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if len(old) + len(new) > _MOST_TOKENS:
        yield from _marked(before, after)
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "".join(old[a:b])
        else:
            yield from _marked("".join(old[a:b]), "".join(new[c:d]))


def _marked(removed: str, added: str) -> Iterator[SafeString]:
    if removed:
        yield format_html("<del>{}</del>", removed)
    if added:
        yield format_html("<ins>{}</ins>", added)
