"""Measures how progress is judged at two sizes of the strategy, on a PostgreSQL of its own making.

``BENCH_DATABASE_URL`` names a server on which databases may be created; each size gets one, which
is dropped again. Times are reported as ratios; nothing here passes or fails.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
SIZES = (1_000, 10_000)
OBSERVATIONS_OF_EACH = 100
TIMES, GROWTH, QUERIES_OF_ONE, QUERIES_OF_A_PAGE = 12, 30, 25, 15
HOME = "/en/"
PAGES = {
    "front page": HOME,
    "progress page": "/en/progress/",
    "progress, list": "/en/progress/list/",
    "progress, brief": "/en/progress/brief/",
    "progress, timeline": "/en/progress/timeline/",
    "tree": "/en/goals-and-measures/",
    "indicators": "/en/indicators/",
    "data status": "/en/indicators/data-status/",
    "goal": "goal",
    "objective": "objective",
    "measure": "measure",
    "indicator": "indicator",
    "indicator, why": "why",
}


def main(report: Callable[[str, float, float, str], None]) -> None:
    server = os.environ.get("BENCH_DATABASE_URL") or SERVER
    if problem := unreachable(server):
        print(f"progress at 1,000 and 10,000 indicators: left out, {problem}")
        return
    found = {size: measure(server, size) for size in SIZES}
    small, large = (found[size] for size in SIZES)
    for size, result in found.items():
        speed = size / result["seconds"]
        print(f"{f'full recompute, {size:,} indicators':<62} {speed:>10,.0f} indicators per second")
    ratio = f"full recompute, {SIZES[1]:,} : {SIZES[0]:,} indicators"
    report(ratio, large["seconds"] / small["seconds"], TIMES, "times")
    # Does not depend on what else the machine does meanwhile.
    report("  its processor time", large["processor"] / small["processor"], TIMES, "times")
    report("memory gained by the full recompute", large["growth"], GROWTH, "MB")
    for size, result in found.items():
        what = f"recompute after one observation, {size:,} indicators"
        report(what, result["one"], QUERIES_OF_ONE, "queries")
        for page, (status, queries, milliseconds, gained) in result["pages"].items():
            report(f"{page}, {size:,} indicators", queries, QUERIES_OF_A_PAGE, "queries")
            spent = f"{milliseconds:>10,.0f} ms, {gained:,.0f} MB of memory"
            print(f"{'':<62} {spent}" + f", answers {status}" * (status != 200))


def unreachable(server: str) -> str:
    """Say why the server cannot be used, nothing if it can."""
    import psycopg

    try:
        with psycopg.connect(server, connect_timeout=3):
            return ""
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        return f"no PostgreSQL answers; name one as BENCH_DATABASE_URL ({reason})"


@contextlib.contextmanager
def database(server: str, name: str) -> Iterator[str]:
    """A database that lives as long as the measurement; gives its address."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def measure(server: str, size: int) -> dict:
    """Build a strategy of this size and measure it in a process of its own."""
    name = f"portal_bench_{os.getpid()}_{size}"
    with database(server, name) as address, tempfile.TemporaryDirectory() as var:
        environment = {**os.environ, "DATABASE_URL": address, "PORTAL_VAR": var}
        environment.pop("REDIS_URL", None)
        amount = ["--indicators", str(size), "--observations", str(size * OBSERVATIONS_OF_EACH)]
        for command in (["prepare", "--assets"], ["migrate"], ["seed_load", *amount]):
            run([sys.executable, "manage.py", *command, "--verbosity=0"], environment)
        return json.loads(run([sys.executable, __file__, "--inside"], environment))


def run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}")
    return done.stdout


def measure_inside() -> dict:
    """Measure in this process, on the database of the environment."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from django.db import connection

    from portal.progress.services.recompute import recompute_all

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    memory: list[float] = []
    began, processor = time.monotonic(), time.process_time()
    recompute_all(on_step=lambda done: memory.append(megabytes()))
    return {
        "seconds": time.monotonic() - began,
        "processor": time.process_time() - processor,
        "growth": memory[-1] - memory[0],  # after the first chunk, when all code is loaded
        "one": queries_of_one_observation(),
        "pages": visit_all({name: path_of(page) for name, page in PAGES.items()}),
    }


def megabytes() -> float:
    """The largest resident size so far, as Linux counts it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def queries_of_one_observation() -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from indicators.models import Indicator, Observation
    from portal.common.services import save_record
    from portal.progress.services.recompute import recompute

    indicator = Indicator.objects.order_by("pk").first()
    day = timezone.localdate().isoformat()
    save_record(record=Observation(indicator=indicator, period=day, value=77), by=None)
    with CaptureQueriesContext(connection) as queries:
        recompute([f"indicator:{indicator.pk}"])
    return len(queries)


def path_of(page: str) -> str:
    """The address of a page, or of the first record of a kind."""
    from indicators.models import Indicator

    if page.startswith("/"):
        return page
    indicator = Indicator.objects.order_by("pk").first()
    measure = indicator.measure
    levels = {"goal": measure.objective.goal, "objective": measure.objective, "measure": measure}
    return levels.get(page, indicator).url_in("en") + ("why/" if page == "why" else "")


def visit_all(paths: dict[str, str]) -> dict[str, tuple[int, int, float, float]]:
    """Visit each page in a process of its own, so that none uses the memory of another."""
    from django.db import connections

    visit(HOME)  # loads what all pages share
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        return dict(zip(paths, pool.map(visit, paths.values(), chunksize=1), strict=True))


def visit(path: str) -> tuple[int, int, float, float]:
    """Status, queries and milliseconds of a page at its second visit, and megabytes of both."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, headers = Client(raise_request_exception=False), {"host": "localhost"}
    before = megabytes()
    client.get(path, headers=headers)
    began = time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, headers=headers)
    milliseconds = (time.monotonic() - began) * 1000
    return answer.status_code, len(queries), milliseconds, megabytes() - before


if __name__ == "__main__":
    if "--inside" in sys.argv:
        print(json.dumps(measure_inside()))
    else:
        from bench import report

        main(report)
