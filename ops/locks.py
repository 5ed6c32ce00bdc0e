"""Compares the lock files with pyproject.toml: by name, offline."""

from __future__ import annotations

import re
import sys
import tomllib

from bootstrap import ROOT, lock_file

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*])?==(\S+)", re.MULTILINE)
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(kind: str) -> dict[str, str]:
    """Name and version of everything a lock file installs."""
    return {canonical(name): version for name, version in PIN.findall(lock_file(kind).read_text())}


def named(requirements: list[str]) -> set[str]:
    return {canonical(NAME.match(requirement).group()) for requirement in requirements}


def faults() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    base, dev = pins("base"), pins("dev")
    wanted = named(project["project"]["dependencies"])
    wanted_dev = wanted | named(project["dependency-groups"]["dev"])
    unhashed = [
        f"{kind}.txt pins {name} without a hash"
        for kind in ("base", "dev")
        for name in names_without_hash(kind)
    ]
    return [
        *(f"base.txt lacks {name}" for name in sorted(wanted - base.keys())),
        *(f"dev.txt lacks {name}" for name in sorted(wanted_dev - dev.keys())),
        *(
            f"dev.txt pins {name} {dev.get(name)}, base.txt {version}"
            for name, version in base.items()
            if dev.get(name) != version
        ),
        *orphans("base", base, wanted),
        *orphans("dev", dev, wanted_dev),
        *unhashed,
    ]


def names_without_hash(kind: str) -> list[str]:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock_file(kind).read_text())
    return [block.split("==")[0] for block in blocks if "==" in block and "--hash=" not in block]


def orphans(kind: str, pinned: dict[str, str], wanted: set[str]) -> list[str]:
    """Packages that nothing asks for any more: the lock was not made again after a removal."""
    text = lock_file(kind).read_text()
    direct = set()
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        if "(pyproject.toml" in block:
            direct.add(canonical(NAME.match(block).group()))
    return [f"{kind}.txt still pins {name}" for name in sorted(direct & pinned.keys() - wanted)]


if __name__ == "__main__":
    found = faults()
    print("\n".join([*found, *(["Make the locks again: make lock"] if found else [])]))
    sys.exit(bool(found))
