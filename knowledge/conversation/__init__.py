"""What people say about things: versions of their texts, comments, watching, and what is new for whom."""
