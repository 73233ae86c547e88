"""Reconstructed cases: consent, de-identification, timeline, findings."""
