"""The minutes of a meeting, one block of text per agenda item."""
