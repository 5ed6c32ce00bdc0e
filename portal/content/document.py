"""A strategy file, read and checked as a whole: what comes out can be loaded."""

from datetime import date
from pathlib import Path

from django.utils import timezone

from portal.content.context import Context, Place, Record
from portal.content.reader import Mapping, read_bytes, read_file
from portal.content.rules import check_file
from portal.content.schema import FILE


def document_from_file(path: Path, *, today: date | None = None) -> Record:
    """The checked content of a file. Raises StrategyFileError with every fault found."""
    return _checked(read_file(path), today)


def document_from_bytes(data: bytes, *, today: date | None = None) -> Record:
    """The checked content of an uploaded or exported file. Raises StrategyFileError."""
    return _checked(read_bytes(data), today)


def _checked(tree: Mapping, today: date | None) -> Record:
    context = Context(today=today or timezone.localdate())
    document = FILE.clean(tree, Place(context, tree.line))
    check_file(document, context)
    context.faults.raise_if_any()
    return document
