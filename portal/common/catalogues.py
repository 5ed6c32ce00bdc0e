"""Compiles message catalogues in plain Python: a newcomer's machine has no gettext binary."""

import contextlib
import gettext
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import polib

# The compiled file says which source it was made from. Times of change say nothing after a
# checkout, which writes old and new files in the same second.
DIGEST_HEADER = "X-Source-Digest"


def compile_catalogues(directories: Iterable[Path]) -> list[Path]:
    """Compile every catalogue below ``directories`` that changed; return what was compiled."""
    sources = (source for folder in directories for source in Path(folder).rglob("*.po"))
    return [source for source in sorted(sources) if compile_catalogue(source)]


def compile_catalogue(source: Path) -> bool:
    """Write ``.mo`` beside ``.po``; say whether that was needed. Raises ValueError naming the
    file and line of a broken catalogue."""
    target = source.with_suffix(".mo")
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    if compiled_digest(target) == digest:
        return False

    try:
        catalogue = polib.pofile(str(source), encoding="utf-8", check_for_duplicates=True)
    except (OSError, ValueError) as error:
        raise ValueError(f"{source}: {error}") from error
    catalogue.metadata[DIGEST_HEADER] = digest
    # A server that runs meanwhile reads the old file or the new one, never half of it.
    unfinished = target.with_suffix(f".{os.getpid()}.tmp")
    catalogue.save_as_mofile(str(unfinished))
    unfinished.replace(target)
    return True


def compiled_digest(target: Path) -> str:
    with contextlib.suppress(OSError, ValueError), target.open("rb") as compiled:
        return gettext.GNUTranslations(compiled).info().get(DIGEST_HEADER.lower(), "")
    return ""
