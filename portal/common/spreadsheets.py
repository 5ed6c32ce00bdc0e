"""The one guard against texts that a spreadsheet program would run as formulas."""

import re

_STARTS = r"=+\-@＝＋－＠"
# Programs run a cell that begins so, blanks before it or not.
_FORMULA = re.compile(rf"[\s\ufeff]*[{_STARTS}]|[\t\r\n]")
# A number with its sign and unit, or words after a dash: nothing in them calls or refers.
_SIGNED = re.compile(r"[+\-](?![^\W\d_])[^(|!=+*^&@]*")
# A cell of a table, whatever parts its cells, that may be a formula.
_SUSPECT = re.compile(rf"""(?:^|[;,\t\r])[\s\ufeff"']{{0,9}}([{_STARTS}][^;,\t\r\n]*)""", re.M)


def escape_cell(value: object) -> object:
    """Put an apostrophe before a text that might run: rather one too many than one too few."""
    if isinstance(value, str) and _FORMULA.match(value.lstrip("'")):
        return f"'{value}"
    return value


def unescape_cell(value: str) -> str:
    """Undo ``escape_cell``."""
    return value[1:] if value.startswith("'") and _FORMULA.match(value.lstrip("'")) else value


def is_formula(text: str) -> bool:
    """Tell whether ``text`` is a formula; “-1,5 %” and “- ni podatka” are none."""
    text = text.strip()
    return bool(_FORMULA.match(text)) and not _SIGNED.fullmatch(text)


def holds_formulas(table: str) -> bool:
    """Tell whether a CSV text has a formula in a cell, an apostrophe before it or not."""
    return any(is_formula(found[1].rstrip("\"' ")) for found in _SUSPECT.finditer(table))
