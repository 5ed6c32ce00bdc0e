"""The signs of the interface as shapes of a chart, so that a state looks the same everywhere."""

import re
from functools import cache

from portal.common.icons import STROKED

_PART = re.compile(r"([A-Za-z])|(-?(?:\d+\.?\d*|\.\d+))")
# Of the seven numbers of an arc these are lengths; the others are an angle and two flags.
_ARC_LENGTHS = (0, 1, 5, 6)


@cache
def sign(name: str) -> str:
    """Return an icon (16 by 16) as the path of a Vega symbol, from -1 to 1 in both directions."""
    written, command, place = [], "", 0
    for letter, number in _PART.findall(STROKED[name]):
        if letter:
            command, place = letter, 0
            written.append(letter)
            continue
        written.append(f"{_scaled(command, place, float(number)):g}")
        place += 1
    return " ".join(written)


def _scaled(command: str, place: int, number: float) -> float:
    if command in "aA" and place % 7 not in _ARC_LENGTHS:
        return number
    return number / 8 - (1 if command.isupper() else 0)
