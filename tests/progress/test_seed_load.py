"""Synthetic data in any amount."""

import pytest
from django.core.management import CommandError, call_command

from goals.models import Goal, Strategy
from indicators.models import Indicator, Observation
from measures.models import Measure
from tests.factories import StrategyFactory

pytestmark = pytest.mark.django_db


def seeded(indicators: int = 12, observations: int = 36) -> None:
    amount = {"indicators": indicators, "observations": observations}
    call_command("seed_load", verbosity=0, **amount)


def test_writes_a_tree_with_values():
    seeded()

    counts = [model.objects.count() for model in (Goal, Measure, Indicator, Observation)]
    assert counts == [1, 3, 12, 36]


def test_becomes_what_the_site_shows(client):
    StrategyFactory()
    seeded()

    assert Strategy.objects.get(is_current=True).code == "load"
    assert client.get("/en/goals-and-measures/").status_code == 200


def test_keeps_the_rules_of_saved_records():
    seeded()

    for record in [*Indicator.objects.all(), *Observation.objects.all()]:
        record.clean()


def test_is_not_written_twice():
    seeded()

    with pytest.raises(CommandError, match="already"):
        seeded()


def test_stays_out_of_a_production_database_that_holds_something(settings):
    StrategyFactory()
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="not empty"):
        seeded()

    assert not Indicator.objects.exists()
