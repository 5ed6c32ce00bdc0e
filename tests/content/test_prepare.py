"""What stands between installed packages and a running portal, and that it happens once."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from goals.models import Strategy
from indicators.models import Observation
from portal.content.management.commands import prepare

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def state(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.PRODUCTION = False
    return tmp_path


@pytest.fixture(autouse=True)
def without_sample(monkeypatch):
    """Playing half a year takes seconds; the tests of the sample ask for it."""
    monkeypatch.setenv("SAMPLE", "0")


def prepared() -> str:
    output = StringIO()
    call_command("prepare", stdout=output)
    return output.getvalue()


def test_fills_a_new_database():
    prepared()

    assert Strategy.objects.count() == 1
    assert get_user_model().objects.get().is_superuser


def test_prints_the_password_once():
    first, second = prepared(), prepared()

    password = first.split("password")[-1].split()[0]
    assert get_user_model().objects.get().check_password(password)
    assert len(password) >= 20
    assert password not in second
    assert "already there" in second


def test_changes_nothing_the_second_time():
    prepared()
    before = dumped()
    prepared()

    assert dumped() == before


def dumped() -> str:
    output = StringIO()
    call_command("dumpdata", stdout=output)
    return output.getvalue()


def test_brings_neither_content_nor_accounts_to_production(settings):
    settings.PRODUCTION = True

    prepared()

    assert not Strategy.objects.exists()
    assert not get_user_model().objects.exists()


def test_brings_sample_data_to_a_new_database(monkeypatch):
    monkeypatch.delenv("SAMPLE")

    prepared()

    assert Observation.objects.filter(is_sample=True).exists()
    assert get_user_model().objects.filter(is_superuser=True).count() == 1


def test_leaves_sample_data_out_when_told_to():
    output = prepared()

    assert "Loading sample data … left out" in output
    assert not Observation.objects.exists()


def test_brings_no_sample_data_to_a_strategy_that_was_there(monkeypatch):
    prepared()
    monkeypatch.delenv("SAMPLE")

    output = prepared()

    assert "Loading sample data … not needed" in output
    assert not Observation.objects.exists()


def test_refuses_sample_data_in_production(settings, monkeypatch):
    settings.PRODUCTION = True
    monkeypatch.delenv("SAMPLE")

    assert "Loading sample data … refused in production" in prepared()


def test_loads_the_strategy_that_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("STRATEGY", str(tmp_path / "missing.yaml"))

    with pytest.raises(CommandError, match=r"missing\.yaml"):
        prepared()


def test_tells_a_surprise_in_one_sentence_and_keeps_the_rest(monkeypatch, state):
    def fails(command):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(prepare, "STEPS", [("Checking", fails)])

    with pytest.raises(CommandError, match=r"RuntimeError: the disk is full.*prepare\.log"):
        prepared()

    assert "Traceback" in (state / "log/prepare.log").read_text()


def test_numbers_its_steps_after_those_before():
    output = StringIO()

    call_command("prepare", steps_before=2, steps_in_all=9, stdout=output)

    assert output.getvalue().startswith("[3/9] ")
