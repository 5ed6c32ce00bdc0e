from .audit import AuditEntry
from .base import Publishable, PublishedStatus, Record, Sampled, Slugged, SlugHistory
from .document import EvidenceDocument
from .heartbeat import Heartbeat
from .ledger import Delivery, Event
from .outbox import OutboxMessage, PeriodicRun

__all__ = [
    "AuditEntry",
    "Delivery",
    "Event",
    "EvidenceDocument",
    "Heartbeat",
    "OutboxMessage",
    "PeriodicRun",
    "Publishable",
    "PublishedStatus",
    "Record",
    "Sampled",
    "SlugHistory",
    "Slugged",
]
