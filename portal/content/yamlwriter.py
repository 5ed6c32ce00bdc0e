"""Writes a tree as YAML that people read and that every YAML reader takes for the same words.

Strings are quoted wherever YAML 1.1 or 1.2 could read a number, a date, a truth value or nothing.
"""

import re
from typing import Any

import yaml

LINE_WIDTH = 150
# Words and numbers of YAML 1.1 and 1.2 that the dumper would not quote by itself.
AMBIGUOUS = re.compile(
    r"[yYnN]|[yY]es|YES|[nN]o|NO|[tT]rue|TRUE|[fF]alse|FALSE|[oO]n|ON|[oO]ff|OFF|~|[nN]ull|NULL"
    r"|[-+.:_,/0-9eEoOxTZ ]*[0-9][-+.:_,/0-9eEoOxTZ ]*|0x[0-9a-fA-F_]+"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|[=<]+"
)
PLAIN_NUMBER = "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"


class Number(str):
    """Digits that stand in the file without quotes."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _string(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else "'" if AMBIGUOUS.fullmatch(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _number(dumper: _Dumper, digits: Number) -> yaml.ScalarNode:
    whole, fraction = PLAIN_NUMBER
    return dumper.represent_scalar(fraction if "." in digits else whole, str(digits))


_Dumper.add_representer(str, _string)
_Dumper.add_representer(Number, _number)


def to_yaml(tree: dict[str, Any]) -> str:
    """The tree in block style, keys in the given order, a text per line where it fits."""
    return yaml.dump(
        tree,
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=LINE_WIDTH,
    )
