"""How a passage asserts its tactic."""
