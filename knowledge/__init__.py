"""What the network knows: cases, gaps, topics, solutions."""
