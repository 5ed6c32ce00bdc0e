from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def neighbours(items: Sequence[Item], current: Item) -> tuple[Item | None, Item | None]:
    """Return what stands before and after ``current`` in ``items``; None at the ends."""
    place = items.index(current) if current in items else None
    if place is None:
        return None, None
    before = items[place - 1] if place > 0 else None
    after = items[place + 1] if place + 1 < len(items) else None
    return before, after
