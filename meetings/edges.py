"""Edges of the thread that one statement of pairs gives."""

from knowledge.trace.registry import registry

register_pairs = registry.register_pairs
"""Register the edges of a statement that selects two columns: the id of the source, the id of the target."""
