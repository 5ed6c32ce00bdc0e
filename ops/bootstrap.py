"""Make ``.venv`` ready with the locked packages; needs nothing but Python and its venv module.

``python3 ops/bootstrap.py base`` installs what the portal runs with, ``dev`` what its tests and
linters need as well. A lock that is installed already costs a few milliseconds.
"""

from __future__ import annotations  # an older Python must get as far as the sentence about it

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed-locks.json"
OLDEST_PYTHON = (3, 11)
# The development lock pins everything the base lock pins; tests/repository proves it.
LOCKS = {"base": ("base",), "dev": ("base", "dev")}


class Stop(Exception):
    """Nothing more can be done: the message says why, in one sentence, and the way out."""


class Steps:
    """Numbered progress lines: ``[2/7] Installing packages … done in 34 s``."""

    def __init__(self, total: int):
        self.total = total
        self.number = 0

    @contextlib.contextmanager
    def step(self, text: str):
        self.number += 1
        print(f"[{self.number}/{self.total}] {text} …", end=" ", flush=True)
        outcome = Outcome()
        began = time.monotonic()
        try:
            yield outcome
        except BaseException:
            print("stopped", flush=True)
            raise
        print(outcome.words or f"done in {time.monotonic() - began:.1f} s", flush=True)


class Outcome:
    """What a step says in place of how long it took."""

    words = ""


def log_directory() -> Path:
    directory = ROOT / (os.environ.get("PORTAL_VAR") or "var") / "log"
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(f"Cannot write to {directory} ({error.strerror}). Make it writable.") from error
    return directory


@contextlib.contextmanager
def only_one_installer(directory: Path):
    """Two commands started at once install one after the other."""
    with (directory / "bootstrap.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("waiting for another installation …", end=" ", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        have = ".".join(map(str, sys.version_info[:2]))
        raise Stop(
            f"The portal needs Python 3.11 or newer and this is {have}. "
            "Install a newer one and name it: make run PYTHON=python3.11"
        )


def lock_file(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


def wanted_stamp(kind: str) -> dict[str, str]:
    """The locks that installing ``kind`` leaves in place, by digest."""
    return {name: hashlib.sha256(lock_file(name).read_bytes()).hexdigest() for name in LOCKS[kind]}


def read_stamp() -> dict[str, str]:
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def installed(kind: str) -> bool:
    """Whether the locks are in place and the environment's Python still finds them: it may have
    been replaced by an upgrade of the system."""
    in_place = wanted_stamp(kind).items() <= read_stamp().items()
    return in_place and works("import django")


def works(code: str) -> bool:
    try:
        return subprocess.call([PYTHON, "-c", code], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def logged(command: list[str | Path], log: Path) -> int:
    with log.open("a") as output:
        output.write(f"\n$ {' '.join(map(str, command))}\n")
        output.flush()
        return subprocess.call(command, cwd=ROOT, stdout=output, stderr=output)


def make_environment(log: Path) -> None:
    """Create ``.venv``, or mend one whose creation was interrupted or whose Python is gone."""
    sound = f"sys.prefix != sys.base_prefix and sys.version_info >= {OLDEST_PYTHON}"
    if works(f"import pip, sys; sys.exit(not ({sound}))"):
        return
    if not importlib.util.find_spec("ensurepip"):
        raise Stop("Install python3-venv: sudo apt install python3-venv")
    if logged([sys.executable, "-m", "venv", "--clear", VENV], log):
        raise Stop(
            f"The virtual environment could not be created. Read {shown(log)}; on Debian this "
            "often helps: sudo apt install python3-venv"
        )


def install_packages(kind: str, log: Path) -> None:
    """Install the lock with every hash checked. The stamp goes first and comes back last, so an
    interrupted installation is repeated at the next run."""
    STAMP.unlink(missing_ok=True)
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    exact = ["--require-hashes", "--only-binary=:all:", "-r", lock_file(kind)]
    if logged([*pip, *exact], log):
        raise Stop(
            f"Installing the packages failed{last_error(log)}. Check the network connection and "
            f"the free disk space, then run the same command again; details: {shown(log)}"
        )
    STAMP.write_text(json.dumps(wanted_stamp(kind)))


def last_error(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return f" ({errors[-1].split('. ')[0].strip().rstrip('.')[:200]})" if errors else ""


def shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def bootstrap(kind: str, steps: Steps) -> None:
    """Two steps: the Python at hand, and its packages."""
    with steps.step("Checking Python") as outcome:
        check_python()
        outcome.words = "{}.{}.{}".format(*sys.version_info[:3])
    with steps.step("Installing packages (first time: 1-2 minutes)") as outcome:
        directory = log_directory()
        with only_one_installer(directory):
            # "make run" after "make test" keeps the development packages.
            kind = "dev" if "dev" in read_stamp() else kind
            if installed(kind):
                outcome.words = "up to date"
                return
            log = directory / "bootstrap.log"
            log.write_text("")
            make_environment(log)
            install_packages(kind, log)


def run(main) -> int:
    """Run ``main`` and answer every expected failure with one sentence, never a traceback."""
    try:
        return main() or 0
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
    except OSError as error:
        print(f"\n{error.strerror}: {error.filename}. Mend that and run again.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    requested = sys.argv[1] if len(sys.argv) > 1 else "base"
    sys.exit(run(lambda: bootstrap(requested, Steps(2))))
