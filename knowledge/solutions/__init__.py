"""What was tried before, with what effect, and what was learnt."""
