"""Polls: the frozen rule, the electorate, the ballots, the count."""
