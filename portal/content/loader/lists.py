"""Lists without codes (values, commitments, facts, steps of the preparation): line and row.

A line is its row if their texts are equal; else if one language is; else the row of the file that
stands at the same place. Rows that an editor has added are found by their texts and never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model

from portal.common.languages import LANGUAGES
from portal.content.context import Record
from portal.content.loader.loading import Columns, Loading
from portal.content.wording import tidy

Likeness = Callable[[int, Columns, Model], bool]


def put_list(
    loading: Loading,
    *,
    model: type[Model],
    owner: Columns,
    lines: Sequence[tuple[Columns, Record]],
    rows: Sequence[Model],
    text: str,
) -> None:
    """Write the lines of one list: that of `owner`, told apart by the column `text`."""
    found = matches([columns for columns, _entry in lines], rows, text)
    last = (-1, 0)
    for (columns, entry), row in zip(lines, found, strict=True):
        if row is not None and not row.in_file:
            loading.keep(row)
            continue
        position = row.position if row and (row.position, row.pk) > last else last[0] + 1
        columns = {**owner, **columns, "position": position, "in_file": True}
        row = loading.put(row or model(), columns, entry)
        last = (position, row.pk)


def matches(lines: Sequence[Columns], rows: Sequence[Model], text: str) -> list[Model | None]:
    """For each line its row, or None where one must be created. No row is given twice."""
    columns = [f"{text}_{language}" for language in LANGUAGES]
    found: list[Model | None] = [None] * len(lines)
    free = list(rows)
    for alike in _likenesses(columns):
        for index, line in enumerate(lines):
            row = (
                next((r for r in free if alike(index, line, r)), None) if not found[index] else None
            )
            if row is not None:
                found[index] = row
                free.remove(row)
    return found


def _likenesses(columns: list[str]) -> list[Likeness]:
    def equal(line: Columns, row: Any, column: str) -> bool:
        return tidy(getattr(row, column) or "") == line.get(column, "")

    return [
        lambda index, line, row: all(equal(line, row, column) for column in columns),
        lambda index, line, row: (
            row.in_file and any(column in line and equal(line, row, column) for column in columns)
        ),
        lambda index, line, row: row.in_file and row.position == index,
    ]
