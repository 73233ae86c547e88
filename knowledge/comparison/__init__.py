"""Cases beside each other: where they broke, where a bridge carried, and what nobody asked about."""
