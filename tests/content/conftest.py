import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, settings

from portal.content.document import document_from_bytes
from portal.content.exporter import strategy_yaml
from portal.content.loader import load_document
from tests.content.files import LJUBLJANA, OTHER_CITY, checked


@pytest.fixture(autouse=True)
def in_english():
    """Faults are told in the language that is active: here that of the tests."""
    with override("en"):
        yield


# Machines differ; how long an example takes says nothing about the words it holds.
settings.register_profile("content", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("content")


@pytest.fixture
def load(db):
    """Load the text of a file; answers what was done."""
    return lambda text, **options: load_document(document=checked(text), **options)


@pytest.fixture
def ljubljana(load):
    return load(LJUBLJANA.read_text()).strategy


@pytest.fixture
def other_city(load):
    return load(OTHER_CITY.read_text()).strategy


@pytest.fixture
def reload(db):
    """Load what an export of the strategy says."""
    return lambda strategy: load_document(
        document=document_from_bytes(strategy_yaml(strategy).encode())
    )
