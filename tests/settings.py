"""The portal's settings as tests see them: state of its own, whatever the shell has set."""

import os

os.environ["PORTAL_ENV"] = "test"
os.environ["PORTAL_VAR"] = "var/test"

from portal import settings
from portal.settings import *  # noqa: F403 (all of them)

# Tests read static files where they are written; the web server only wants to see a directory.
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
