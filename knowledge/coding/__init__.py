"""Coding case texts: categories, passages and what they are attached to, by one person and by a second one."""
