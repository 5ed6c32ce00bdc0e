"""Small files and functions; an exception says why in a comment that begins “Long because”."""

import ast
from pathlib import Path

from tests.repository.source import DOMAIN, python_files, shown, templates

MODULE, FUNCTION, TEMPLATE = 300, 30, 120
REASON = "Long because"
MODULES = python_files("portal", "tests", "ops", *DOMAIN)


def length(node: ast.FunctionDef) -> int:
    """Lines of a function without its decorators and docstring."""
    lines = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None and len(node.body) > 1:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def long_functions(source: str) -> list[str]:
    lines = source.splitlines()
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [
        f"{node.name} has {length(node)} lines"
        for node in functions
        if length(node) > FUNCTION
        and REASON not in "\n".join(lines[max(0, node.lineno - 3) : node.end_lineno])
    ]


def too_long(paths: list[Path], limit: int) -> list[str]:
    sources = ((path, path.read_text()) for path in paths)
    return [
        f"{shown(path)} has {len(source.splitlines())} lines"
        for path, source in sources
        if len(source.splitlines()) > limit and REASON not in source[:2000]
    ]


def test_modules_are_short():
    assert not too_long(MODULES, MODULE)


def test_functions_are_short():
    found = {shown(path): long_functions(path.read_text()) for path in MODULES}

    assert not {path: functions for path, functions in found.items() if functions}


def test_templates_are_short():
    assert not too_long(templates(), TEMPLATE)


def test_notices_a_long_function():
    source = "def f():\n" + "    x = 1\n" * FUNCTION

    assert long_functions(source) == [f"f has {FUNCTION + 1} lines"]
    assert not long_functions(f"# {REASON} it is a table.\n{source}")
