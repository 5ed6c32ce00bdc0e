"""Invented data that shows a newcomer what the portal does, marked as such wherever it is shown.

``load_sample`` plays the half-year before a day, change by change, through the services that staff
use, so that the past has a story. ``remove_sample`` takes all of it away again.
"""

from .loading import SampleRefused, load_sample
from .removal import remove_sample, what_would_go

__all__ = ["SampleRefused", "load_sample", "remove_sample", "what_would_go"]
