"""What became of a threat."""
