"""Inviting to a meeting: notice period, letters, who got what, who answered, everybody's own calendar."""
