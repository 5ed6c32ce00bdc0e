"""Real workers and brokers, killed and hung on purpose while changes go on."""

import os
import shutil
import signal
import socket
import time
from collections import Counter

import pytest

from tests.installation import WORKER, Installation

pytestmark = pytest.mark.fault

APP = "tests.common.fault_worker"
CELERY = [*WORKER, APP]
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


def enqueue(portal: Installation, start: int, end: int, pause: float = 0):
    return portal.shell(ENQUEUE.format(start=start, end=end, pause=pause))


def marks(portal: Installation) -> Counter:
    return Counter(portal.ask("SELECT object_id FROM common_auditentry WHERE model = 'probe'"))


def expected(count: int) -> dict[str, int]:
    return {str(number): 1 for number in range(count)}


def test_a_worker_killed_in_the_middle_does_everything_once(installation):
    changes = enqueue(installation, 0, 60, pause=0.1)

    for moment in (0.2, 0.8, 1.5):
        before = installation.drains()
        worker = installation.start_worker(APP)
        installation.wait_for(lambda before=before: installation.drains() != before, 20)
        time.sleep(moment)
        installation.kill(worker)
    assert changes.wait(30) == 0
    installation.start_worker(APP)

    installation.wait_until_idle(40)
    assert marks(installation) == expected(60)


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
    assert enqueue(installation, 0, 5).wait(30) == 0
    installation.wait_until_idle(30)

    os.kill(broker.pid, signal.SIGSTOP)
    while_hung = enqueue(installation, 5, 10)
    slowest = float(while_hung.communicate(timeout=30)[0])
    time.sleep(6)
    installation.kill(broker)
    assert enqueue(installation, 10, 15).wait(30) == 0
    installation.start(*redis)

    installation.wait_until_idle(45)
    assert while_hung.returncode == 0
    assert slowest < 1
    assert marks(installation) == expected(15)
