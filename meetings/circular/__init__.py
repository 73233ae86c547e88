"""Decisions in writing between meetings (Umlaufbeschluss): one question to every voting seat, with a deadline."""
