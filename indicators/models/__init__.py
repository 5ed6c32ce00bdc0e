from .indicator import Indicator, IndicatorSlug
from .observation import Observation
from .target import Target

__all__ = ["Indicator", "IndicatorSlug", "Observation", "Target"]
