"""Start the portal from nothing: packages, database, web server and worker, in one command.

``make run`` is the production server process with everything it needs below ``var/``;
``make dev`` (``--dev``) reloads itself when a file changes and shows the debug toolbar.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bootstrap import PYTHON, ROOT, Steps, Stop, bootstrap, log_directory, run, shown

STEPS_OF_BOOTSTRAP, STEPS_OF_PREPARE, STEPS_HERE = 2, 7, 1
DEV = "--dev" in sys.argv[1:]
COMMAND = "make dev" if DEV else "make run"
SECONDS_TO_START, SECONDS_TO_STOP = 60, 20


def chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Stop(f"PORT is a number from 1 to 65535, not “{text}”. Try: PORT=8001 {COMMAND}")
    return int(text)


def loopback_addresses(port: int) -> list[str]:
    """Where to listen, so that http://localhost works whichever way it is resolved."""
    addresses = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                why = "is in use" if error.errno == errno.EADDRINUSE else "needs more rights"
                other = port + 1 if 1024 <= port < 65535 else 8001
                raise Stop(f"Port {port} {why}. Try: PORT={other} {COMMAND}") from None
            continue  # no IPv6 on this machine
        addresses.append(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return addresses


@contextlib.contextmanager
def only_one_portal(directory: Path):
    """One portal per state directory; the lock goes with the process, however that ends."""
    with (directory / "portal.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            pid = lock.read().strip() or "?"
            raise Stop(
                f"The portal already runs from this directory (process {pid}). "
                f"Stop it with Ctrl-C in its terminal, or: kill {pid}"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def end_with_parent() -> None:
    """Ask the kernel to end this child when its parent is killed without a chance to do it."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def start(command: list, log: Path | None = None) -> subprocess.Popen:
    """Start a child in a session of its own: Ctrl-C reaches only us, and we end it in order."""
    if log and log.exists():
        log.replace(log.with_suffix(".log.1"))
    with log.open("w") if log else contextlib.nullcontext() as output:
        return subprocess.Popen(
            list(map(str, command)),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )


def stop(children: list[subprocess.Popen]) -> None:
    """Ask every child to finish what it is doing, then end whatever is left of its session."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def prepare(steps: Steps) -> int:
    """Migrations, catalogues, static files, content and staff account: manage.py prepare."""
    count = [f"--steps-before={steps.number}", f"--steps-in-all={steps.total}"]
    child = start([PYTHON, "manage.py", "prepare", *count])
    try:
        return child.wait()
    finally:
        stop([child])


def web_command(addresses: list[str], port: int) -> list:
    if DEV:
        return [PYTHON, "manage.py", "runserver", f"127.0.0.1:{port}"]
    binds = [option for address in addresses for option in ("--bind", address)]
    config = ["--config", "ops/gunicorn.conf.py"]
    return [PYTHON, "-m", "gunicorn", *config, *binds, "portal.wsgi:application"]


def worker_command(var: Path) -> list:
    """One worker with the clock in it; threads, so that it costs the memory of one process."""
    clock = ["--beat", "--schedule", var / "celerybeat-schedule"]
    pool = ["--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    celery = [PYTHON, "-m", "celery", "--skip-checks", "--app", "portal", "worker"]
    return [*celery, *clock, *pool, "--loglevel", "warning"]


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2)
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
    return True


def wait_until_up(port: int, children: dict[str, subprocess.Popen], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not answers(port):
        stop_if_one_ended(children, log)
        if time.monotonic() > deadline:
            raise Stop(
                f"The web server did not answer within {SECONDS_TO_START} s; "
                f"read {shown(log / 'web.log')}"
            )
        time.sleep(0.1)


def stop_if_one_ended(children: dict[str, subprocess.Popen], log: Path) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            file = log / f"{name}.log"
            tail = "\n".join(file.read_text(errors="replace").splitlines()[-15:])
            raise Stop(
                f"{tail}\n\nThe {name} process ended by itself (code {child.returncode}), so the "
                f"portal was stopped. The lines above end {shown(file)}; start again: {COMMAND}"
            )


def serve(steps: Steps, port: int, addresses: list[str], log: Path) -> None:
    """Run both processes until we are told to stop; when one ends, the other does too."""
    children: dict[str, subprocess.Popen] = {}
    try:
        with steps.step("Starting the web server and the worker"):
            children["web"] = start(web_command(addresses, port), log / "web.log")
            wait_until_up(port, children, log)
            children["worker"] = start(worker_command(log.parent), log / "worker.log")
        print(f"\nThe portal is running at http://localhost:{port}/  (Ctrl-C stops it)")
        print(f"Administration: http://localhost:{port}/admin/   Logs: {shown(log)}/", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(0.5)
                stop_if_one_ended(children, log)
        print("\nStopping …", end=" ", flush=True)
    finally:
        # A second Ctrl-C must not leave a half-stopped portal behind.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stop(list(children.values()))
    print("stopped.")


def interrupt(*_) -> None:
    raise KeyboardInterrupt


def main() -> int:
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, interrupt)
    port = chosen_port()
    log = log_directory()
    with only_one_portal(log.parent):
        addresses = loopback_addresses(port)
        os.environ["PORT"] = str(port)
        if DEV:
            os.environ["PORTAL_ENV"] = "development"
        steps = Steps(STEPS_OF_BOOTSTRAP + STEPS_OF_PREPARE + STEPS_HERE)
        bootstrap("dev" if DEV else "base", steps)
        failed = prepare(steps)
        if failed:
            return failed
        steps.number += STEPS_OF_PREPARE
        serve(steps, port, addresses, log)
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
