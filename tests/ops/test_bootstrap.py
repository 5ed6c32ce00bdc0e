"""The first command on a bare machine: what it installs, and how it says what is wrong."""

import json
import sys

import bootstrap
import pytest


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with two lock files, and an environment whose Python works."""
    (tmp_path / "requirements").mkdir()
    for kind in ("base", "dev"):
        (tmp_path / "requirements" / f"{kind}.txt").write_text(f"{kind}==1")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv/installed-locks.json")
    monkeypatch.setattr(bootstrap, "works", lambda code: True)
    monkeypatch.delenv("PORTAL_VAR", raising=False)
    return tmp_path


@pytest.fixture
def commands(project, monkeypatch):
    """The commands that would have been run; none of them fails."""
    run = []
    monkeypatch.setattr(bootstrap, "logged", lambda command, log: run.append(command) or 0)
    return run


def bootstrapped(kind: str) -> None:
    bootstrap.bootstrap(kind, bootstrap.Steps(2))


def test_installs_by_hash_and_only_once(commands):
    bootstrapped("base")
    bootstrapped("base")

    (install,) = commands
    assert "--require-hashes" in install


def test_installs_again_when_the_lock_has_changed(project, commands):
    bootstrapped("base")
    (project / "requirements/base.txt").write_text("base==2")
    bootstrapped("base")

    assert len(commands) == 2


def test_keeps_the_development_packages(project, commands):
    bootstrapped("dev")
    (project / "requirements/base.txt").write_text("base==2")
    bootstrapped("base")

    assert commands[-1][-1] == project / "requirements/dev.txt"


def test_repeats_an_installation_that_failed(project, monkeypatch):
    monkeypatch.setattr(bootstrap, "logged", lambda command, log: 1)

    with pytest.raises(bootstrap.Stop, match=r"run the same command again.*var/log/bootstrap.log"):
        bootstrapped("base")

    assert not bootstrap.installed("base")


def test_names_the_fault_that_pip_found(project, monkeypatch):
    def fails(command, log):
        log.write_text("...\nERROR: No space left on device. More words.\n")
        return 1

    monkeypatch.setattr(bootstrap, "logged", fails)

    with pytest.raises(bootstrap.Stop, match=r"\(No space left on device\)"):
        bootstrapped("base")


def test_mends_a_broken_stamp(project, commands):
    bootstrap.STAMP.write_text("{")

    bootstrapped("base")

    assert json.loads(bootstrap.STAMP.read_text()).keys() == {"base"}


def test_names_the_package_that_debian_leaves_out(project, monkeypatch):
    monkeypatch.setattr(bootstrap, "works", lambda code: False)
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(bootstrap.Stop, match="sudo apt install python3-venv"):
        bootstrapped("base")


def test_refuses_an_old_python_with_the_way_out(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))

    with pytest.raises(bootstrap.Stop, match=r"3\.11 or newer and this is 3\.10.*PYTHON="):
        bootstrap.check_python()


@pytest.mark.parametrize("error", [bootstrap.Stop("No."), OSError(28, "No space left", "var")])
def test_fails_in_one_sentence(capsys, error):
    def main():
        raise error

    assert bootstrap.run(main) == 1
    assert "Traceback" not in capsys.readouterr().err
