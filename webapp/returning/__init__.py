"""Coming back with a receipt."""
