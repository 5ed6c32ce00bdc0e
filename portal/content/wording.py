"""Texts as a strategy file can hold them."""

from portal.content.reader import UNWANTED


def tidy(text: str) -> str:
    """The text with one kind of line break, without control characters and surrounding space.

    Forms send "\\r\\n" and people paste what cannot be seen; neither makes a text another one.
    """
    return UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
