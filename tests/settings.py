"""The portal's settings as tests see them: state of its own, whatever the shell has set."""

import os

os.environ["PORTAL_ENV"] = "test"
os.environ["PORTAL_VAR"] = "var/test"

from portal.settings import *  # noqa: F403 (all of them)
