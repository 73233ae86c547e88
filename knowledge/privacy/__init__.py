"""The first privacy check: what in a text could point at a person. A hint for people, no anonymisation."""
