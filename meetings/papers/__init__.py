"""Papers (Vorlagen): what is put before bodies in writing, the way it takes through them, and its attachments."""
