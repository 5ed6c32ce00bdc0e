"""Writes a strategy of the database as a strategy file; see docs/strategy-format.md."""

from portal.content.exporter.service import strategy_tree, strategy_yaml

__all__ = ["strategy_tree", "strategy_yaml"]
