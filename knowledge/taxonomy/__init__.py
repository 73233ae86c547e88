"""The coded lists (life domains, agency types, …) and what tenants rename in them."""
