"""Target agreements: goals, indicators, obligations, consents, measures, monitoring."""
