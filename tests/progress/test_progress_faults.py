"""Values arrive while workers are killed: in the end stored and recomputed progress agree."""

import time

import pytest

from tests.installation import Installation

pytestmark = pytest.mark.fault

PREPARE = """
from tests import factories as make
for number in range(6):
    indicator = make.IndicatorFactory()
    make.TargetFactory(indicator=indicator, value=100, by="2030")
"""
OBSERVE = """
import time
from indicators.models import Indicator, Observation
from portal.common.services import save_record
for value in range(20):
    for indicator in Indicator.objects.all():
        found = indicator.observations.first() or Observation(indicator=indicator, period="2025")
        found.value = value + indicator.pk
        save_record(record=found, by=None)
    time.sleep(0.3)
"""
WRONG = "UPDATE indicators_observation SET value = 1"


def checked(portal: Installation) -> int:
    return portal.manage("recompute_progress", "--check").wait(60)


@pytest.fixture
def portal(installation):
    assert installation.shell(PREPARE).wait(60) == 0
    return installation


def test_a_killed_worker_leaves_no_state_wrong(portal):
    values = portal.shell(OBSERVE)
    for moment in (0.5, 1.5, 2.5):
        worker = portal.start_worker()
        portal.wait_for(lambda: portal.drains(), 30)
        time.sleep(moment)
        portal.kill(worker)
    assert values.wait(60) == 0
    portal.start_worker()

    portal.wait_for(lambda: not waiting(portal), 60)
    assert portal.ask("SELECT count(*) FROM indicators_assessment WHERE valid_to IS NULL") == [25]
    assert checked(portal) == 0


def waiting(portal: Installation) -> list:
    return portal.ask("SELECT 1 FROM common_outboxmessage WHERE topic = 'progress'")


def test_a_row_changed_by_hand_is_found_and_mended(portal):
    assert portal.shell(OBSERVE.replace("range(20)", "range(1)")).wait(60) == 0
    assert portal.manage("recompute_progress").wait(60) == 0
    portal.tell(WRONG)
    assert checked(portal) == 1

    portal.start_worker()

    portal.wait_for(lambda: checked(portal) == 0, 110)
