"""What comes after a workshop: the review of its findings, the release by a second person, the person's sheet."""
