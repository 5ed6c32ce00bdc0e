import pytest
from django.test import Client

from tests import factories as f


@pytest.fixture
def sign_in():
    """A browser in which the person has signed in."""

    def signed_in(user) -> Client:
        browser = Client()
        if user.is_authenticated:
            browser.force_login(user)
        return browser

    return signed_in


@pytest.fixture
def measure(organisation_a):
    return f.MeasureFactory(organisation=organisation_a)


@pytest.fixture
def foreign_measure(organisation_b):
    return f.MeasureFactory(organisation=organisation_b)


@pytest.fixture
def project(organisation_a):
    return f.ProjectFactory(organisation=organisation_a)


@pytest.fixture
def indicator(measure):
    return f.IndicatorFactory(measure=measure)


@pytest.fixture
def foreign_indicator(foreign_measure):
    return f.IndicatorFactory(measure=foreign_measure)
