"""Who is present in a running meeting, and who does not take part in an item."""
