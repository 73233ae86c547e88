"""Bodies, their rules of procedure, mandates and seats."""
