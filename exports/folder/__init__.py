"""The session folder (Sitzungsmappe): agenda, papers and attachments of a meeting as one PDF and as a ZIP archive."""
