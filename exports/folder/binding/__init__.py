"""Putting pages of others into our PDF, in a process of its own: whatever a hostile file does there, it does to a
process that has no database, no secrets and no second minute."""
