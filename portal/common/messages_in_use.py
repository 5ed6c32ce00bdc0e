"""Collects the messages that code and templates use, without touching the tree."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation import templatize

from .catalogue_checks import Message, message_of

# What is not shown on any page.
ELSEWHERE = {"docs", "ops", "static", "tests", "var"}
XGETTEXT = [
    *("xgettext", "--language=Python", "--from-code=UTF-8", "--output=-", "--no-location"),
    *(
        f"--keyword={keyword}"
        for keyword in (
            *("gettext_noop", "gettext_lazy", "ngettext_lazy:1,2"),
            *("pgettext:1c,2", "npgettext:1c,2,3"),
            *("pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3"),
        )
    ),
]


def can_collect() -> bool:
    """Say whether this machine has gettext, which reads the messages out of Python."""
    return shutil.which("xgettext") is not None


def messages_in_use(root: Path) -> set[Message]:
    """Return the messages of all modules and templates below ``root``."""
    with tempfile.TemporaryDirectory() as folder:
        sources = [*_modules(root), *_templates_as_modules(root, Path(folder))]
        listed = "\n".join(map(str, sources))
        collected = subprocess.run(  # noqa: S603 (a fixed command; file names come by input)
            [*XGETTEXT, "--files-from=-"],
            input=listed,
            capture_output=True,
            text=True,
            check=True,
        )
    return {message_of(entry) for entry in polib.pofile(collected.stdout)}


def _modules(root: Path) -> Iterator[Path]:
    return _files(root, "*.py")


def _templates_as_modules(root: Path, folder: Path) -> Iterator[Path]:
    """Write each template's messages down as Python that xgettext can read."""
    templates = [*_files(root, "*.html"), *_files(root, "*.txt")]
    for number, template in enumerate(templates):
        target = folder / f"{number}.py"
        target.write_text(templatize(template.read_text(), origin=str(template)))
        yield target


def _files(root: Path, pattern: str) -> Iterator[Path]:
    for child in sorted(root.iterdir()):
        if child.is_dir() and child.name not in ELSEWHERE and not child.name.startswith("."):
            yield from sorted(child.rglob(pattern))
