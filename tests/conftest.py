"""What every test stands on: compiled catalogues, no network, and the cast."""

import ipaddress
import socket
from pathlib import Path

import pytest

from portal.common.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config):
    # Once, before parallel workers start.
    if not hasattr(config, "workerinput"):
        compile_catalogues([ROOT / "locale"])


def is_loopback(address) -> bool:
    if not isinstance(address, tuple):
        return True  # a socket in the file system
    host = str(address[0])
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """A test that reaches beyond this machine fails at the call that does it."""
    connect = socket.socket.connect

    def guarded(self, address):
        assert is_loopback(address), f"a test tried to reach {address}"
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
