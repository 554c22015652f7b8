"""Rules: rows of concepts that speak of a tactic."""
