"""Which of four visits a passage speaks of."""
