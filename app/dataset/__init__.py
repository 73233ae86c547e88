"""Data files: reading, checking and loading them, and writing the same facts back out."""
