"""Reasons told: of decisions, of what was cut, and of what was not taken; as text and as JSON."""
