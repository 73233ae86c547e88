"""What is found across meetings: the calendar, links between decisions, and the page of an organisation."""
