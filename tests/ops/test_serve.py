"""Starting and stopping the two processes: one portal per directory, no orphan, clear words."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import serve
from bootstrap import Stop

from portal.content.management.commands import prepare


def test_takes_the_port_from_the_environment(monkeypatch):
    monkeypatch.setenv("PORT", "8001")

    assert serve.chosen_port() == 8001


def test_counts_the_steps_of_the_preparation():
    assert len(prepare.STEPS) == serve.STEPS_OF_PREPARE


@pytest.mark.parametrize("text", ["no", "0", "65536", "-1", "80.5", "８０００"])
def test_refuses_what_is_no_port(monkeypatch, text):
    monkeypatch.setenv("PORT", text)

    with pytest.raises(Stop, match="1 to 65535"):
        serve.chosen_port()


def test_says_which_port_to_try_when_one_is_busy():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Stop, match=rf"Port {port} is in use\. Try: PORT=\d+ make run"):
            serve.loopback_addresses(port)


def test_runs_one_portal_in_a_directory(tmp_path):
    with (
        serve.only_one_portal(tmp_path),
        pytest.raises(Stop, match=rf"already runs.*kill {os.getpid()}"),
        serve.only_one_portal(tmp_path),
    ):
        pass


def test_forgets_a_portal_that_was_killed(tmp_path):
    (tmp_path / "portal.lock").write_text("99999")

    with serve.only_one_portal(tmp_path):
        assert (tmp_path / "portal.lock").read_text() == str(os.getpid())


def test_ends_even_what_does_not_listen(monkeypatch):
    monkeypatch.setattr(serve, "SECONDS_TO_STOP", 0.2)
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True)"
    child = subprocess.Popen(
        [sys.executable, "-c", f"{deaf}; time.sleep(60)"],
        start_new_session=True,
        stdout=subprocess.PIPE,
    )
    child.stdout.readline()

    serve.stop([child])

    assert child.returncode == -signal.SIGKILL


def test_shows_the_last_words_of_a_process_that_ended(tmp_path):
    (tmp_path / "web.log").write_text("no such module")
    child = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    child.wait()

    with pytest.raises(Stop, match=r"no such module\n\nThe web process ended.*code 3"):
        serve.stop_if_one_ended({"web": child}, tmp_path)


def running(pid: int) -> bool:
    return subprocess.run(["kill", "-0", str(pid)], stderr=subprocess.DEVNULL).returncode == 0


@pytest.mark.fault
@pytest.mark.parametrize("victim", ["gunicorn", "celery"])
def test_stops_the_other_process_when_one_dies(tmp_path, victim):
    environment = {**os.environ, "PORTAL_VAR": str(tmp_path), "PORTAL_ENV": "embedded"}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        environment["PORT"] = str(probe.getsockname()[1])
    portal = subprocess.Popen(
        [sys.executable, "ops/serve.py"], env=environment, stdout=subprocess.PIPE, text=True
    )
    next(line for line in portal.stdout if "is running at" in line)
    listed = subprocess.run(
        ["pgrep", "--list-full", "--parent", str(portal.pid)], capture_output=True, text=True
    )
    children = {line.split()[0]: line for line in listed.stdout.splitlines()}

    os.kill(int(next(pid for pid, line in children.items() if victim in line)), signal.SIGKILL)

    assert portal.wait(30) == 1
    time.sleep(0.2)
    assert not [pid for pid in children if running(int(pid))]
