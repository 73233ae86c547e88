"""The thread: what led to a thing and what came of it."""
