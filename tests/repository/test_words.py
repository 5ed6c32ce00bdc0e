"""What no file may contain, and what needs a reason beside it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.repository.source import DOMAIN, python_files, shown, templates, text_files

# Written in pieces, so that this file passes its own test.
REGISTRIES = re.compile(
    r"python" r"hosted\.org|\bpy" r"pi\.org|registry\.npm" r"js\.|deb\.deb" r"ian\.org"
)
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore|nosec|pragma: no cover)")
REASONED = re.compile(
    r"#\s*(?:noqa: [A-Z0-9, ]+|type: ignore\[[\w-]+]|nosec \w+|pragma: no cover) \(.{8,}\)"
)
UNESCAPED = re.compile(r"\bmark_safe\(|\|\s*safe\b|\bautoescape off\b|\bcsrf_exempt\b")
SAFE_REASON = re.compile(r"(?:#|\{#).{8,}")
OURS = python_files("portal", "tests", "ops", *DOMAIN)


def lines_with(pattern: re.Pattern, paths: Iterable[Path]) -> Iterator[tuple[str, str, str]]:
    """Place and text of each line that matches, and the line before it."""
    for path in paths:
        lines = ["", *path.read_text(errors="replace").splitlines()]
        for number, line in enumerate(lines):
            if pattern.search(line):
                yield f"{shown(path)}:{number}", line, lines[number - 1]


def test_names_no_package_registry():
    assert not [place for place, *_ in lines_with(REGISTRIES, text_files())]


def test_silences_no_linter_without_a_reason():
    """Write the rule and, in brackets, why it does not hold here."""
    others = (path for path in OURS if path.name != Path(__file__).name)

    found = [place for place, line, _ in lines_with(SILENCED, others) if not REASONED.search(line)]

    assert not found


def test_trusts_no_markup_without_a_reason():
    """Say in a comment on the line, or the one before it, why this markup is safe."""
    found = [
        place
        for place, line, before in lines_with(UNESCAPED, [*OURS, *templates()])
        if not place.startswith("tests/")
        and not SAFE_REASON.search(line)
        and not SAFE_REASON.search(before)
    ]

    assert not found


@pytest.mark.parametrize("line", ["x = 1  # noqa", "x = 1  # noqa: F401", "x  # type: ignore"])
def test_notices_a_silenced_line(line):
    assert SILENCED.search(line)
    assert not REASONED.search(line)


def test_accepts_a_reason():
    assert REASONED.search("import x  # noqa: F401 (registers its tasks)")


def test_notices_trusted_markup():
    assert UNESCAPED.search("{{ text|safe }}")
    assert not UNESCAPED.search("{{ text|safer }}")
