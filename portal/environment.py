"""What settings.py needs to read the environment and to explain a fault in words."""

import secrets
import sys
from pathlib import Path

from celery.schedules import crontab
from environs import Env, EnvValidationError

ADVICE = {
    "PORTAL_SECRET_KEY": "a long random text, e.g. from: openssl rand -base64 48",
    "DATABASE_URL": "e.g. postgresql://portal:password@db:5432/portal",
    "REDIS_URL": "e.g. redis://redis:6379/0",
    "PORTAL_ALLOWED_HOSTS": "the host names of the site, separated by commas",
    "PORTAL_BASE_URL": "the public address, e.g. https://strategy.example.org",
    "PORTAL_CONTACT_EMAIL": "the address that the statements give to readers",
    "EMAIL_URL": "the mail server, e.g. submission://user:password@mail.example.org:587",
}


def stop_on_faults(env: Env, environment_name: str) -> None:
    """End the process with one line per faulty variable; return when there is none."""
    try:
        env.seal()
    except EnvValidationError as error:
        lines = [f"The portal cannot start with PORTAL_ENV={environment_name}:"]
        for name, messages in sorted(error.error_messages.items()):
            advice = f" Set it to {ADVICE[name]}." if name in ADVICE else ""
            lines.append(f"  {name}: {' '.join(messages)}{advice}")
        lines.append("docs/production.md explains every variable.")
        sys.exit("\n".join(lines))


def mail_settings(mail: dict) -> dict:
    """Return the mail settings read from a URL; end the process if its scheme is unknown."""
    if "EMAIL_BACKEND" not in mail:
        sys.exit(f"EMAIL_URL names no known kind of mail server. Set it to {ADVICE['EMAIL_URL']}.")
    return mail


def generated_secret(path: Path) -> str:
    """Return the secret kept in ``path``; the first call writes a random one, for us only."""
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
        return path.read_text()


def tuned_database(database: dict) -> dict:
    """Add what the portal expects of its database to the settings read from a URL.

    SQLite: write-ahead log, and writers queue instead of failing. PostgreSQL: psycopg's pool and
    time limits on statements.
    """
    if not database["NAME"]:
        sys.exit(f"DATABASE_URL names no database. Set it to {ADVICE['DATABASE_URL']}.")
    if database["ENGINE"].endswith("sqlite3"):
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        options = {
            "pool": {"min_size": 1, "max_size": 10, "timeout": 5},
            # Compiling a query took nine seconds, running it half of one (10,000 indicators).
            "options": "-c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000"
            " -c jit=off",
        }
    return {**database, "CONN_MAX_AGE": 0, "OPTIONS": {**database.get("OPTIONS", {}), **options}}


REDIS_AS_BROKER = {
    # A hung Redis counts as lost; without these its answer would be awaited for ever.
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
    "health_check_interval": 10,
    # Seconds after which another worker gets what a killed one had in hand.
    "visibility_timeout": 300,
}


def broker_settings(redis_url: str, directory: Path) -> dict:
    """Return what Celery needs to know of its broker: Redis, or files below ``directory``."""
    always = {
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        # A broker that is away for a night must not end the worker.
        "CELERY_BROKER_CONNECTION_MAX_RETRIES": None,
    }
    if redis_url:
        return always | {
            "CELERY_BROKER_URL": redis_url,
            "CELERY_BROKER_TRANSPORT_OPTIONS": REDIS_AS_BROKER,
        }
    for folder in ("messages", "processed", "control"):
        (directory / folder).mkdir(parents=True, exist_ok=True)
    return always | {
        "CELERY_BROKER_URL": "filesystem://",
        "CELERY_BROKER_TRANSPORT": "portal.common.broker:Transport",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(directory / "messages"),
            "data_folder_out": str(directory / "messages"),
            "processed_folder": str(directory / "processed"),
            "control_folder": str(directory / "control"),
        },
    }


def every(seconds: int, task: str) -> dict:
    """Return a periodic task; what a silent worker misses does not pile up for its return."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


def at(hour: int, minute: int, task: str) -> dict:
    """Return a daily task at a local time; a worker that is away for longer leaves it to others."""
    return {"task": task, "schedule": crontab(minute, hour), "options": {"expires": 1800}}
