"""A portal of its own in a folder, whose processes a test starts and kills."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

WORKER = [sys.executable, "-m", "celery", "--skip-checks", "--app"]
EMBEDDED = ("--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle")


class Installation:
    """A state directory of its own, with what runs on it."""

    def __init__(self, var):
        self.var = var
        self.environment = {
            **os.environ,
            "PORTAL_VAR": str(var),
            "PORTAL_ENV": "embedded",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": f"sqlite:///{var}/portal.sqlite3",
        }
        self.running: list[subprocess.Popen] = []

    def start(self, *command) -> subprocess.Popen:
        log = (self.var / "log.txt").open("a")
        child = subprocess.Popen(
            command, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        self.running.append(child)
        return child

    def kill(self, child: subprocess.Popen) -> None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        self.running.remove(child)

    def manage(self, *arguments) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start_worker(self, app: str = "portal") -> subprocess.Popen:
        """The worker with the clock in it, as ``make run`` starts it."""
        clock = ("--beat", "--schedule", str(self.var / "schedule"))
        return self.start(*WORKER, app, "worker", *clock, *EMBEDDED)

    def shell(self, script: str) -> subprocess.Popen:
        return self.manage("shell", "--verbosity=0", "--command", script)

    def ask(self, query: str) -> list:
        with closing(sqlite3.connect(self.var / "portal.sqlite3")) as database:
            return [row[0] for row in database.execute(query)]

    def tell(self, statement: str) -> None:
        """Change the database by hand, past everything."""
        with (
            closing(sqlite3.connect(self.var / "portal.sqlite3", timeout=20)) as database,
            database,
        ):
            database.execute(statement)

    def drains(self) -> list[int]:
        """The slot of the latest drain that was begun."""
        return self.ask("SELECT slot FROM common_periodicrun WHERE job LIKE '%drain_outbox'")

    def wait_until_idle(self, seconds: float) -> None:
        self.wait_for(lambda: not self.ask("SELECT 1 FROM common_outboxmessage"), seconds)

    def wait_for(self, condition, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, (self.var / "log.txt").read_text()[-3000:]
            time.sleep(0.05)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    portal = Installation(tmp_path_factory.mktemp("migrated"))
    assert portal.manage("migrate", "--verbosity=0").wait(60) == 0
    return portal.var / "portal.sqlite3"


@pytest.fixture
def installation(tmp_path, migrated):
    shutil.copy(migrated, tmp_path)
    portal = Installation(tmp_path)
    yield portal
    for child in list(portal.running):
        portal.kill(child)
