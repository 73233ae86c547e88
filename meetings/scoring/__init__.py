"""Scoring topics by weighted criteria before a meeting: per organisation, hidden until closed. Advice, not a vote."""
