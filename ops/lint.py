"""Every check that needs no test run, one line each; all of them run, whatever fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from bootstrap import PYTHON, ROOT

BIN = PYTHON.parent
TEST = {"PORTAL_ENV": "test", "PORTAL_VAR": "var/test"}
# Enough for the settings to load as they do in production; nothing is connected to.
PRODUCTION = {
    "PORTAL_ENV": "production",
    "PORTAL_VAR": "var/test",
    "PORTAL_SECRET_KEY": "only-for-the-check-" + "x7Kq2mZp9Lw4" * 4,
    "PORTAL_ALLOWED_HOSTS": "strategy.example.org",
    "PORTAL_BASE_URL": "https://strategy.example.org",
    "PORTAL_CONTACT_EMAIL": "contact@example.org",
    "DATABASE_URL": "postgresql://portal:secret@127.0.0.1:5432/portal",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}
MANAGE = [PYTHON, "-W", "error::DeprecationWarning:portal", "manage.py"]


def templates() -> list[str]:
    return sorted(map(str, (ROOT / "templates").rglob("*.html")))


def checks():
    """What is checked: words, command, environment."""
    yield "Format of Python", [BIN / "ruff", "format", "--check", "--quiet", "--diff", "."], {}
    yield "Style of Python", [BIN / "ruff", "check", "--quiet", "."], {}
    djade = [BIN / "djade", "--target-version", "5.2", "--check", *templates()]
    yield "Format of templates", djade, {}
    migrations = [*MANAGE, "makemigrations", "--check", "--dry-run"]
    yield "Migrations match the models", migrations, TEST
    deploy = [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]
    yield "Settings of production", deploy, PRODUCTION
    yield "Translations are complete", [*MANAGE, "check_translations"], TEST
    yield "Lock files match pyproject.toml", [PYTHON, "ops/locks.py"], {}
    yield "Shell scripts parse", ["bash", "-n", ".ci/run"], {}


def main() -> int:
    failed = []
    for words, command, environment in checks():
        print(f"{words} …", end=" ", flush=True)
        began = time.monotonic()
        outcome = subprocess.run(
            list(map(str, command)),
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
        )
        if outcome.returncode == 0:
            print(f"good ({time.monotonic() - began:.1f} s)")
            continue
        failed.append(words)
        print(f"FAILED\n{outcome.stdout}{outcome.stderr}")
    if failed:
        print(f"Mend: {', '.join(failed)}. “make format” does what can be done by itself.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
