"""One stylesheet from many: ``css/site.css`` is the files of ``static/css/`` in a declared order.

A finder serves runserver, WhiteNoise and collectstatic alike, so one request brings the whole
design and no front-end build exists.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

BUNDLE = "css/site.css"
PARTS = (
    *("layers", "reset", "tokens", "base", "layout"),
    *("site-header", "site-footer", "art", "breadcrumbs", "level-header", "block", "status"),
    *("progress", "chart"),
    *("card", "rows", "tree", "form", "notice", "pager", "table", "timeline", "search", "home"),
    "progress-overview",
    *("utilities", "print"),
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def bundled(parts: Iterable[Path]) -> str:
    """Join the parts without comments, indentation and empty lines."""
    text = COMMENT.sub("", "\n".join(part.read_text("utf-8") for part in parts))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


class BundleFinder(BaseFinder):
    """Finds ``css/site.css``, written anew whenever one of its parts has changed."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.source = Path(settings.BASE_DIR) / "static" / "css"
        self.storage = FileSystemStorage(location=Path(settings.VAR_DIR) / "bundle")

    def check(self, **kwargs: object) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> str | list[str]:
        if path != BUNDLE:
            return []
        target = str(self.build())
        return [target] if find_all else target

    def list(self, ignore_patterns: Iterable[str]) -> Iterator[tuple[str, FileSystemStorage]]:
        self.build()
        yield BUNDLE, self.storage

    def build(self) -> Path:
        """Write the bundle if it is missing or older than a part, whole or not at all."""
        parts = [self.source / f"{name}.css" for name in PARTS]
        target = Path(self.storage.path(BUNDLE))
        newest = max(part.stat().st_mtime_ns for part in (*parts, Path(__file__)))
        if not target.exists() or target.stat().st_mtime_ns < newest:
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=target.parent, delete=False
            ) as draft:
                draft.write(bundled(parts))
            Path(draft.name).chmod(0o644)
            Path(draft.name).replace(target)
        return target
