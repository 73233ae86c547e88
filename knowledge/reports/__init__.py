"""Reports of possible gaps: the public form, the reporter's own page, the inbox of the coordination."""
