"""What sets the house up and keeps it in order. Standard library only, so that it runs before anything is installed."""
