"""Tenants and their terms, organisations, municipalities, persons and how they sign in."""
