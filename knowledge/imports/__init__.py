"""Taking old minutes, topics and solutions into the knowledge base: read, look through, take, report, take back."""
