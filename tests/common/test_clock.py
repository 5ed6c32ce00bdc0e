"""However many clocks strike, a job is begun once in its slot."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from portal.common.clock import claim, once_per_slot
from portal.common.models import Heartbeat, PeriodicRun

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def after(**time):
    return NOON + timedelta(**time)


def test_is_granted_once_in_a_slot():
    granted = [claim("job", 60, after(seconds=second)) for second in (0, 1, 59, 60, 61, 119, 120)]

    assert granted == [True, False, False, True, False, False, True]


def test_three_clocks_with_jitter_strike_once():
    moments = sorted(
        minute * 60 + clock * 7.3 + (minute * 13 + clock * 5) % 11 / 10
        for minute in range(30)
        for clock in range(3)
    )

    granted = [claim("job", 60, after(seconds=moment)) for moment in moments]

    assert sum(granted) == 30


def test_jobs_do_not_disturb_each_other():
    assert claim("one", 60, NOON)
    assert claim("other", 60, NOON)


def test_a_message_that_comes_late_finds_its_slot_taken():
    claim("job", 60, after(minutes=5))

    assert not claim("job", 60, after(minutes=3))


def test_survives_a_clock_that_was_years_ahead():
    claim("job", 5, after(days=10_000))

    assert claim("job", 5, NOON)


def test_runs_the_job_once():
    runs = []

    @once_per_slot(60)
    def job():
        runs.append(1)

    job(now=NOON)
    job(now=after(seconds=30))

    assert runs == [1]


def test_a_job_that_failed_gives_its_slot_back():
    runs = []

    @once_per_slot(60)
    def job():
        runs.append(1)
        if len(runs) == 1:
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 (any will do)
        job(now=NOON)
    job(now=after(seconds=1))

    assert len(runs) == 2


def test_a_job_that_failed_does_not_give_back_a_later_slot():
    @once_per_slot(60)
    def job():
        PeriodicRun.objects.update(slot=PeriodicRun.objects.get().slot + 1)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 (any will do)
        job(now=NOON)

    assert PeriodicRun.objects.exists()


def test_claim_and_work_stand_or_fall_together():
    @once_per_slot(86_400, together=True)
    def job():
        Heartbeat.objects.create(name="job", at=NOON)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        job(now=NOON)

    assert not PeriodicRun.objects.exists()
    assert not Heartbeat.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share one database in memory")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", [None, NOON])
def test_only_one_of_many_at_the_same_moment_gets_it(before):
    if before:
        claim("job", 60, before)

    def strike(_number):
        try:
            return claim("job", 60, after(minutes=1))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as clocks:
        granted = list(clocks.map(strike, range(24)))

    assert sum(granted) == 1
