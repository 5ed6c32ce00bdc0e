"""A chart as a file of its own: with its title and finding inside, in literal colours."""

import textwrap
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from .figures import Figure
from .specs.parts import words
from .theme import SOFT, TEXT

FOLDER = "charts"
TYPES = {"svg": "image/svg+xml", "png": "image/png"}
TITLE_LETTERS, FINDING_LETTERS = 66, 96
TITLE_LINE, FINDING_LINE, GAP, MARGIN = 22, 18, 14, 12


def file_spec(spec: dict, figure: Figure) -> dict:
    """Return the specification with the title and the finding above the drawing."""
    title = textwrap.wrap(figure.title, TITLE_LETTERS, max_lines=3, placeholder=" …")
    finding = textwrap.wrap(figure.finding, FINDING_LETTERS, max_lines=4, placeholder=" …")
    heights = [TITLE_LINE] * len(title) + [FINDING_LINE] * len(finding)
    looks = [{"fontSize": 17, "fontWeight": 600, "fill": TEXT}] * len(title)
    looks += [{"fontSize": 13, "fill": SOFT}] * len(finding)
    padding = spec["padding"]
    left, y = 4 - padding["left"], -padding["top"] - sum(heights) - GAP / 2
    padding = {side: room + MARGIN for side, room in padding.items()}
    padding["top"] += sum(heights) + GAP
    lines = []
    for text, height, look in zip([*title, *finding], heights, looks, strict=True):
        lines.append(words(text, left, y + height / 2, align="left", **look))
        y += height
    return {**spec, "padding": padding, "layer": [*spec["layer"], *lines]}


def store(digest: str, contents: dict[str, bytes]) -> None:
    """Keep the files of a chart, by their endings."""
    for ending, content in contents.items():
        name = file_name(digest, ending)
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))


def drop(digest: str) -> None:
    """Delete the files of a chart, if they are there."""
    for ending in TYPES:
        default_storage.delete(file_name(digest, ending))


def has_files(digest: str) -> bool:
    """Say whether every file of a chart is there; the folder may have been lost."""
    return all(default_storage.exists(file_name(digest, ending)) for ending in TYPES)


def digests_stored_before(moment: datetime) -> set[str]:
    """Return the digests of all charts whose files are older than ``moment``."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
        old = [n for n in names if default_storage.get_modified_time(f"{FOLDER}/{n}") < moment]
    except FileNotFoundError:  # nothing is stored yet, or another worker is tidying too
        return set()
    return {name.partition(".")[0] for name in old}


def file_name(digest: str, ending: str) -> str:
    return f"{FOLDER}/{digest}.{ending}"
