"""Meetings and what is on their agenda."""
