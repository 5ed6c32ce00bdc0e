"""Production says what it lacks before it starts, and with all of it starts without a warning."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

REQUIRED = {
    "PORTAL_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DATABASE_URL": "postgresql://portal:secret@127.0.0.1:9/portal",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "PORTAL_ALLOWED_HOSTS": "strategy.example.org",
    "PORTAL_BASE_URL": "https://strategy.example.org",
    "PORTAL_CONTACT_EMAIL": "office@example.org",
    "EMAIL_URL": "submission://portal:secret@mail.example.org:587",
}
SHOW = """
import json
from django.conf import settings
names = ["DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_NAME",
         "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_TRUSTED_ORIGINS", "SECRET_KEY"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def manage(tmp_path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run ``manage.py`` with nothing in the environment but what is given."""
    kept = {"PATH": os.environ["PATH"], "PORTAL_VAR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("given", [{}, dict.fromkeys(REQUIRED, "")], ids=["unset", "empty"])
def test_production_names_every_setting_it_lacks(tmp_path, given):
    answer = manage(tmp_path, "check", PORTAL_ENV="production", **given)

    assert answer.returncode == 1
    assert {name for name in REQUIRED if f"  {name}: " in answer.stderr} == REQUIRED.keys()
    assert "Traceback" not in answer.stderr
    assert not list(tmp_path.iterdir())


def test_production_names_only_what_is_wrong(tmp_path):
    wrong = {"DATABASE_URL": "nonsense", "PORTAL_HTTPS": "perhaps"}

    answer = manage(tmp_path, "check", PORTAL_ENV="production", **(REQUIRED | wrong))

    assert answer.returncode == 1
    named = {line.split(":")[0].strip() for line in answer.stderr.splitlines() if "  " in line}
    assert named == wrong.keys()
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_TIME_ZONE", "Mars/Olympus"),
        ("PORTAL_BASE_URL", "city.example"),
        ("PORTAL_SECRET_KEY", "short"),
        ("PORTAL_ALLOWED_HOSTS", "*"),
        ("PORTAL_LOGO", "https://elsewhere.example/logo.svg"),
        ("PORTAL_CONTACT_EMAIL", "nobody"),
        ("REDIS_URL", "redis"),
        ("EMAIL_URL", "mail"),
        ("DATABASE_URL", "postgresql://"),
    ],
)
def test_a_faulty_setting_is_named(tmp_path, name, value):
    answer = manage(tmp_path, "check", **(REQUIRED | {"PORTAL_ENV": "production", name: value}))

    assert answer.returncode == 1
    assert f"{name}" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_unknown_environment_is_refused(tmp_path):
    answer = manage(tmp_path, "check", PORTAL_ENV="staging")

    assert answer.returncode == 1
    assert "PORTAL_ENV" in answer.stderr


def test_production_is_safe_by_its_settings(tmp_path):
    production = {"PORTAL_ENV": "production", **REQUIRED}

    judged = manage(tmp_path, "check", "--deploy", "--fail-level", "INFO", **production)
    shown = manage(tmp_path, "shell", "--no-imports", "-c", SHOW, **production)

    assert judged.returncode == 0, judged.stderr
    for words in (
        '"DEBUG": false',
        '"SECURE_SSL_REDIRECT": true',
        '"SESSION_COOKIE_NAME": "__Host-session"',
        '"SESSION_COOKIE_SECURE": true',
        '"CSRF_COOKIE_NAME": "__Host-csrf"',
        '"CSRF_TRUSTED_ORIGINS": ["https://strategy.example.org"]',
        REQUIRED["PORTAL_SECRET_KEY"],
    ):
        assert words in shown.stdout


def test_a_newcomer_needs_no_setting_and_gets_a_secret_of_their_own(tmp_path):
    first = manage(tmp_path, "shell", "--no-imports", "-c", SHOW)
    again = manage(tmp_path, "shell", "--no-imports", "-c", SHOW)

    secret = (tmp_path / "secret-key").read_text()
    assert first.returncode == 0, first.stderr
    assert '"DEBUG": false' in first.stdout
    assert secret in first.stdout
    assert first.stdout == again.stdout
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


ASK = """
from django.test import Client
client = Client(headers={"host": "strategy.example.org"})
for path, proto in [("/healthz", "http"), ("/en/privacy/", "http"), ("/healthz", "https")]:
    answer = client.get(path, headers={"x-forwarded-proto": proto})
    strict = answer.headers.get("Strict-Transport-Security", "-")
    print(path, proto, answer.status_code, answer.headers.get("Location", "-"), strict)
print("upgrade-insecure-requests" in answer.headers["Content-Security-Policy"])
"""


def test_production_speaks_https_only(tmp_path):
    production = {"PORTAL_ENV": "production", **REQUIRED}

    lines = manage(tmp_path, "shell", "--no-imports", "-c", ASK, **production).stdout.splitlines()

    assert lines == [
        "/healthz http 200 - -",
        "/en/privacy/ http 301 https://strategy.example.org/en/privacy/ -",
        "/healthz https 200 - max-age=63072000",
        "True",
    ]
