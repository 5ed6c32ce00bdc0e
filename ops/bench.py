"""Measures the budgets of the portal and prints each as a part of what is allowed.

A portal is started on a state directory of its own, as ``make run`` starts it, and asked from
outside. Times depend on the machine and are only reported; nothing here passes or fails.
"""

from __future__ import annotations

import gzip
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import bench_progress

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    "/sl/",
    "/sl/o-strategiji/",
    "/sl/cilji-in-ukrepi/",
    "/sl/cilji-in-ukrepi/digitalno-mesto-in-skupnost/",
    "/sl/kazalniki/",
    "/sl/projekti/",
    "/en/goals-and-measures/",
]
ASSET = re.compile(
    r'<link[^>]+rel="(?:stylesheet|icon|preload)"[^>]*?href="([^"]+)"'
    r'|<link[^>]+href="([^"]+)"[^>]+rel="(?:stylesheet|icon|preload)"'
    r'|<(?:script|img)[^>]+src="([^"]+)"'
)
BYTES, REQUESTS, QUERIES, MEGABYTES, SECONDS = 100_000, 12, 15, 200, 5
COUNT_QUERIES = """
import sys
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
for path in {pages}:
    Client().get(path, headers={{"host": "localhost"}})
    with CaptureQueriesContext(connection) as queries:
        Client().get(path, headers={{"host": "localhost"}})
    print(path, len(queries))
"""


def report(what: str, measured: float, budget: float, unit: str) -> None:
    part = f"{measured / budget:.2f} of {budget:g} {unit}"
    print(f"{what:<62} {measured:>10,.2f} {unit:<9} {part}", flush=True)


def fetch(address: str) -> bytes:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def text_of(body: bytes) -> str:
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def weigh(address: str, path: str) -> tuple[int, int]:
    """Bytes on the wire and requests of a first visit: the page and all it names."""
    page = fetch(address + path)
    named = {next(filter(None, groups)) for groups in ASSET.findall(text_of(page))}
    return len(page) + sum(len(fetch(address + asset)) for asset in named), 1 + len(named)


def start(environment: dict[str, str]) -> tuple[subprocess.Popen, float]:
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "ops/serve.py"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout:
        if "is running at" in line:
            return process, time.monotonic() - began
    raise SystemExit("The portal did not start; try: make run")


def stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    process.communicate()


def memory_of_web_processes(parent: int) -> list[float]:
    """Resident megabytes of the processes that answer requests."""
    rows = subprocess.run(
        ["ps", "-eo", "pid,ppid,rss,args"], capture_output=True, text=True, check=True
    )
    table = [line.split(None, 3) for line in rows.stdout.splitlines()[1:]]
    masters = {pid for pid, ppid, _, args in table if ppid == str(parent) and "gunicorn" in args}
    return [int(rss) / 1024 for _, ppid, rss, _ in table if ppid in masters]


def measure_pages(address: str, environment: dict[str, str]) -> None:
    for path in PAGES:
        size, requests = weigh(address, path)
        report(f"first visit  {path}", size, BYTES, "bytes")
        report(f"             {path}", requests, REQUESTS, "requests")
        times = []
        for _ in range(20):
            began = time.monotonic()
            fetch(address + path)
            times.append(time.monotonic() - began)
        print(f"{'':<13}{path:<49} {statistics.median(times) * 1000:>10.1f} ms in the middle")
    script = COUNT_QUERIES.format(pages=PAGES)
    shell = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", script]
    counted = subprocess.run(shell, cwd=ROOT, env=environment, capture_output=True, text=True)
    for line in counted.stdout.splitlines():
        path, number = line.split()
        report(f"SQL queries  {path}", int(number), QUERIES, "queries")


def main() -> None:
    with tempfile.TemporaryDirectory() as var, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {**os.environ, "PORTAL_VAR": var, "PORT": str(port)}
        process, first = start(environment)
        print(f"first start, packages installed: {first:.1f} s")
        stop(process)
        process, second = start(environment)
        report("second start", second, SECONDS, "seconds")
        try:
            measure_pages(f"http://localhost:{port}", environment)
            for rss in memory_of_web_processes(process.pid):
                report("memory of a web process", rss, MEGABYTES, "MB")
        finally:
            stop(process)
    bench_progress.main(report)


if __name__ == "__main__":
    main()
