"""Counting by every method that Lückenlos knows: exact integers and fractions, ties named and never broken. Pure."""
