from .assessment import Assessment, Level
from .confirmation import Confirmation
from .criteria import CriteriaVersion
from .event import ExternalEvent
from .indicator import Indicator, IndicatorSlug
from .observation import FormerObservation, Observation, ObservationEvidence
from .override import Override
from .target import Target

__all__ = [
    "Assessment",
    "Confirmation",
    "CriteriaVersion",
    "ExternalEvent",
    "FormerObservation",
    "Indicator",
    "IndicatorSlug",
    "Level",
    "Observation",
    "ObservationEvidence",
    "Override",
    "Target",
]
