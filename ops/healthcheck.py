"""Whether the process in this container does its work: web, worker or beat."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

# The name ends differently with each of Python's small databases.
SCHEDULES = Path("/tmp").glob("celerybeat-schedule*")  # noqa: S108 (a file system of this container only)
# The clock writes its schedule down every three minutes.
OLDEST_SCHEDULE = 600


def web() -> bool:
    host = os.environ["PORTAL_ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    address = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
    with urllib.request.urlopen(address, timeout=4) as answer:
        return answer.status == 200


def worker() -> bool:
    ping = ["celery", "--app", "portal", "inspect", "ping", "--timeout", "10"]
    return subprocess.call([*ping, "--destination", f"celery@{socket.gethostname()}"]) == 0


def beat() -> bool:
    written = max((file.stat().st_mtime for file in SCHEDULES), default=0)
    return time.time() - written < OLDEST_SCHEDULE


if __name__ == "__main__":
    sys.exit(not {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]())
