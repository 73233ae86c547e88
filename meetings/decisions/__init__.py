"""What a body decided, about what, with which count."""
