"""Structural gaps with their evidence, and the topics that bundle them."""
