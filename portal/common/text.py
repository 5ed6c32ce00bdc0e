"""Comparing texts as people do: capitals, accents and carons do not matter."""

import unicodedata


def folded(text: str) -> str:
    """Return ``text`` in small letters without marks: ``Šola`` and ``sola`` become one."""
    small = unicodedata.normalize("NFKD", text).casefold().replace("đ", "d")
    decomposed = unicodedata.normalize("NFKD", small)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
