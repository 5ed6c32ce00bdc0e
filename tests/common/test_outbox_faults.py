"""Real workers and brokers, killed and hung on purpose while changes go on."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

import pytest

pytestmark = pytest.mark.fault

CELERY = [sys.executable, "-m", "celery", "--skip-checks", "--app", "tests.common.fault_worker"]
# Prints how long the slowest of the requests took.
ENQUEUE = """
import time
from django.db import transaction
from portal.common.outbox import enqueue
slowest = 0
for number in range({start}, {end}):
    began = time.monotonic()
    with transaction.atomic():
        enqueue("probe", str(number))
    slowest = max(slowest, time.monotonic() - began)
    time.sleep({pause})
print(slowest)
"""


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

    def enqueue(self, start: int, end: int, pause: float = 0) -> subprocess.Popen:
        script = ENQUEUE.format(start=start, end=end, pause=pause)
        return self.manage("shell", "--verbosity=0", "--command", script)

    def ask(self, query: str) -> list:
        with closing(sqlite3.connect(self.var / "portal.sqlite3")) as database:
            return [row[0] for row in database.execute(query)]

    def marks(self) -> Counter:
        return Counter(self.ask("SELECT object_id FROM common_auditentry WHERE model = 'probe'"))

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


def expected(count: int) -> dict[str, int]:
    return {str(number): 1 for number in range(count)}


def test_a_worker_killed_in_the_middle_does_everything_once(installation):
    embedded = [*CELERY, "worker", "--beat", "--schedule", installation.var / "schedule"]
    embedded += ["--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    changes = installation.enqueue(0, 60, pause=0.1)

    for moment in (0.2, 0.8, 1.5):
        before = installation.drains()
        worker = installation.start(*embedded)
        installation.wait_for(lambda before=before: installation.drains() != before, 20)
        time.sleep(moment)
        installation.kill(worker)
    assert changes.wait(30) == 0
    installation.start(*embedded)

    installation.wait_until_idle(40)
    assert installation.marks() == expected(60)


@pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server here")
def test_a_hung_and_killed_redis_delays_work_and_loses_none(installation):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    redis = ["redis-server", "--port", port, "--save", "", "--dir", str(installation.var)]
    installation.environment["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
    broker = installation.start(*redis)
    installation.start(*CELERY, "worker", "--concurrency", "2")
    installation.start(*CELERY, "beat", "--schedule", installation.var / "schedule")
    assert installation.enqueue(0, 5).wait(30) == 0
    installation.wait_until_idle(30)

    os.kill(broker.pid, signal.SIGSTOP)
    while_hung = installation.enqueue(5, 10)
    slowest = float(while_hung.communicate(timeout=30)[0])
    time.sleep(6)
    installation.kill(broker)
    assert installation.enqueue(10, 15).wait(30) == 0
    installation.start(*redis)

    installation.wait_until_idle(45)
    assert while_hung.returncode == 0
    assert slowest < 1
    assert installation.marks() == expected(15)
