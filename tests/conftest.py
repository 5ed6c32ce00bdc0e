"""What every test stands on: compiled catalogues, no network, and the cast."""

import ipaddress
import socket
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from portal.accounts.models import Role
from portal.common.catalogues import compile_catalogues
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.installation import installation, migrated  # noqa: F401 (fixtures)

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
def language_of_the_site():
    """A test begins in the language of the site, whatever the one before it left active."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """A test that reaches beyond this machine fails at the call that does it."""
    connect = socket.socket.connect

    def guarded(self, address):
        assert is_loopback(address), f"a test tried to reach {address}"
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def anonymous():
    """Somebody who has not signed in."""
    return AnonymousUser()


@pytest.fixture
def citizen(db):
    """Somebody with an account and no part in the city's work."""
    return UserFactory(email="citizen@example.org")


@pytest.fixture
def organisation_a(db):
    return OrganisationFactory(code="A", name_sl="Oddelek A", name_en="Department A")


@pytest.fixture
def organisation_b(db):
    return OrganisationFactory(code="B", name_sl="Oddelek B", name_en="Department B")


def member(email, role, organisation=None):
    user = UserFactory(email=email, staff=True)
    return MembershipFactory(user=user, role=role, organisation=organisation).user


@pytest.fixture
def editor(organisation_a):
    """An editor of organisation A."""
    return member("editor@example.org", Role.EDITOR, organisation_a)


@pytest.fixture
def other_editor(organisation_b):
    """An editor of organisation B."""
    return member("other-editor@example.org", Role.EDITOR, organisation_b)


@pytest.fixture
def chief_editor(db):
    return member("chief-editor@example.org", Role.CHIEF_EDITOR)


@pytest.fixture
def moderator(db):
    return member("moderator@example.org", Role.MODERATOR)


@pytest.fixture
def councillor(db):
    return member("councillor@example.org", Role.COUNCILLOR)


@pytest.fixture
def administrator(db):
    """A superuser, who also manages accounts."""
    return UserFactory(email="administrator@example.org", administrator=True)
