"""Finding a date for a body's next meeting: days are proposed, members answer, the office picks."""
