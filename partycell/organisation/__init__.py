"""Committees and cells, who holds which office in them, and what they were like over the years."""
