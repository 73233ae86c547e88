"""Secret ballots: sealed envelopes per seat, a key that lives outside the database and dies with the count."""
