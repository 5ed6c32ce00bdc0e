"""Everything between installed packages and a running server, in one process.

Each step looks first whether it is needed, so that the second run takes a moment and changes
nothing. Production may use the same command: it brings neither content nor accounts there.
"""

import hashlib
import os
import secrets
import time
import traceback
from collections.abc import Callable
from io import StringIO

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from portal.common.catalogues import compile_catalogues

STAFF_EMAIL = "admin@localhost"


class Command(BaseCommand):
    help = "Migrates, compiles and collects; gives a new database content and a staff account."
    # The first step does it, and says so.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--steps-before", type=int, default=0)
        parser.add_argument("--steps-in-all", type=int, default=0)
        parser.add_argument(
            "--assets", action="store_true", help="only what an image is built with; no database"
        )

    def handle(self, *args, steps_before: int, steps_in_all: int, assets: bool, **options):
        steps = ASSETS if assets else STEPS
        self.last_words = []
        self.is_new = False
        for number, (text, step) in enumerate(steps, start=steps_before + 1):
            self.stdout.write(f"[{number}/{steps_in_all or len(steps)}] {text} …", ending=" ")
            self.stdout.flush()
            self.take(step)
        for line in self.last_words:
            self.stdout.write(line)

    def take(self, step: Callable[["Command"], str | None]) -> None:
        began = time.monotonic()
        try:
            outcome = step(self)
        except Exception as error:
            self.stdout.write("stopped")
            raise CommandError(what_to_tell(error)) from error
        self.stdout.write(outcome or f"done in {time.monotonic() - began:.1f} s")


def what_to_tell(error: Exception) -> str:
    """The sentence for the reader; the traceback of a surprise goes to a file."""
    if isinstance(error, CommandError):
        return str(error)
    if isinstance(error, OperationalError):
        reason = str(error).strip().splitlines()[0]
        return f"The database does not answer: {reason}. Start it, or mend DATABASE_URL."
    log = settings.VAR_DIR / "log" / "prepare.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("".join(traceback.format_exception(error)))
    log = log.relative_to(settings.BASE_DIR) if log.is_relative_to(settings.BASE_DIR) else log
    return f"{type(error).__name__}: {error}. Mend that and run again; details: {log}"


def check(command: Command) -> None:
    call_command("check", stdout=StringIO())


def migrate(command: Command) -> str | None:
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "up to date"
    call_command("migrate", interactive=False, verbosity=0)
    return None


def compile_messages(command: Command) -> str | None:
    return None if compile_catalogues(settings.LOCALE_PATHS) else "up to date"


def collect_static(command: Command) -> str | None:
    if settings.DEBUG:
        return "not needed while developing"
    stamp = settings.VAR_DIR / "static.digest"
    digest = static_digest()
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text() == digest:
        return "up to date"
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest)
    return None


def static_digest() -> str:
    """One digest over the names and contents of all static sources."""
    found = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            with storage.open(path) as source:
                found.update(path.encode() + hashlib.sha256(source.read()).digest())
    return found.hexdigest()


def load_content(command: Command) -> str | None:
    if settings.PRODUCTION:
        return "left to you: manage.py load_strategy FILE"
    if apps.get_model("goals", "Strategy").objects.exists():
        return "already there"
    named = os.environ.get("STRATEGY")
    files = [named] if named else sorted((settings.BASE_DIR / "goals" / "data").glob("*.yaml"))
    for file in files:
        call_command("load_strategy", str(file), stdout=StringIO())
    command.is_new = True
    return None


def load_sample(command: Command) -> str | None:
    """Only with a strategy that has just been loaded, so that what was removed stays away."""
    if settings.PRODUCTION:
        return "refused in production"
    if os.environ.get("SAMPLE", "").strip().lower() in ("0", "no", "false"):
        return "left out"
    if not command.is_new:
        return "not needed"
    call_command("load_sample", verbosity=0)
    return None


def create_staff_account(command: Command) -> str | None:
    users = get_user_model().objects
    if settings.PRODUCTION:
        return "left to you: manage.py createsuperuser"
    if users.filter(is_staff=True).exists():
        return "already there"
    password = secrets.token_urlsafe(15)
    users.create_superuser(email=STAFF_EMAIL, password=password)
    port = os.environ.get("PORT", "8000")
    command.last_words = [
        "",
        "Sign in as staff; the password is shown only this once:",
        f"    http://localhost:{port}/admin/",
        f"    e-mail    {STAFF_EMAIL}",
        f"    password  {password}",
        "",
    ]
    return None


ASSETS = [
    ("Compiling the message catalogues", compile_messages),
    ("Collecting static files", collect_static),
]
STEPS = [
    ("Checking the configuration", check),
    ("Preparing the database", migrate),
    *ASSETS,
    ("Loading the strategy", load_content),
    ("Loading sample data", load_sample),
    ("Creating a staff account", create_staff_account),
]
