"""How the network decides: bodies, meetings, polls, decisions, minutes, agreements."""
