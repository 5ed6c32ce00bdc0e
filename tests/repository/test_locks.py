"""The lock files install what pyproject.toml names, and the same in both."""

import locks


def test_locks_match_the_project():
    assert not locks.faults()


def test_notices_a_package_that_is_not_locked(monkeypatch):
    monkeypatch.setattr(locks, "named", lambda requirements: {"not-locked"})

    assert "base.txt lacks not-locked" in locks.faults()
