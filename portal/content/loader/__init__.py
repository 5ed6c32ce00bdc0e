"""Loads a checked strategy file into the database; see docs/strategy-format.md for the rules."""

from portal.content.loader.service import Loaded, load_document

__all__ = ["Loaded", "load_document"]
