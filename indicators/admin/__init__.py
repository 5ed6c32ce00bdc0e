"""The pages on which staff keep indicators, their values and what is said about their state."""

from . import confirmation, indicator, observation, override

__all__ = ["confirmation", "indicator", "observation", "override"]
