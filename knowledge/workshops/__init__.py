"""Workshops in which cases are reconstructed, and who may attend which case."""
