"""What the tests of the repository read: its own files."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = ("goals", "measures", "indicators", "consultation")


def python_files(*folders: str) -> list[Path]:
    """Our modules, without the migrations that Django writes."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def text_files() -> list[Path]:
    """Everything that would be in a checkout: what git tracks, or may soon."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / line for line in listed.stdout.splitlines())
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
