"""What stands between installed packages and a running portal, and that it happens once."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from goals.models import Strategy
from portal.content.management.commands import prepare

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def state(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.PRODUCTION = False
    return tmp_path


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
