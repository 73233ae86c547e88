"""The lot where a poll ends in a tie: drawn in the room, or from a number that was sealed before the poll."""
