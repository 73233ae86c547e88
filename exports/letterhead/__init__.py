"""A county's letterhead and templates: who uploads them, which hold for which body, what their placeholders mean."""
