"""How the small models add up what they weigh: rows of whole numbers, many at a time."""
