"""What the house costs: start, memory, pages and writing, as ratios against peers measured in the same run."""
