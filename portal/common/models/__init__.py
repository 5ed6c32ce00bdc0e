from .audit import AuditEntry
from .base import Publishable, PublishedStatus, Record, Slugged, SlugHistory
from .heartbeat import Heartbeat

__all__ = [
    "AuditEntry",
    "Heartbeat",
    "Publishable",
    "PublishedStatus",
    "Record",
    "SlugHistory",
    "Slugged",
]
