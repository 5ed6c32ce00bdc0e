"""An app imports only from what stands before it; the way back is a related name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository.source import DOMAIN, ROOT, python_files

# Bottom first. What is in no list is the top half of portal: it may import all.
LAYERS = ["portal.common", "portal.accounts", *DOMAIN]
TOP = len(LAYERS)


def layer(module: str) -> int | None:
    for number, name in enumerate(LAYERS):
        if module == name or module.startswith(f"{name}."):
            return number
    return TOP if module.startswith("portal.") else None


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported, wherever in the module it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        if isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1]
            start = ".".join(parents) if node.level else ""
            source = ".".join(filter(None, [start, node.module]))
            yield from ((node.lineno, f"{source}.{name.name}") for name in node.names)


def faults(source: str, module: str, package: str) -> list[str]:
    own = layer(module)
    return [
        f"{module}:{line} imports {name}"
        for line, name in imports(ast.parse(source), package)
        if (other := layer(name)) is not None and own is not None and other > own
    ]


def package_of(path: Path) -> str:
    module = module_name(path)
    return module if path.name == "__init__.py" else module.rpartition(".")[0]


def test_imports_only_from_the_left():
    found = [
        fault
        for path in python_files("portal", *DOMAIN)
        for fault in faults(path.read_text(), module_name(path), package_of(path))
    ]

    assert not found


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("goals.views", "from measures.models import Measure"),
        ("goals.views", "def f():\n    import portal.pages.views"),
        ("indicators.models", "from portal import search"),
        ("portal.common.dates", "from ..accounts import models"),
    ],
)
def test_notices_a_wrong_direction(module, source):
    assert faults(source, module, module.rpartition(".")[0])


def test_allows_the_right_direction():
    source = "from goals.models import Goal\nfrom portal.common import states\nimport json"

    assert not faults(source, "measures.models", "measures")
