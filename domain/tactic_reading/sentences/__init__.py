"""The small model of which tactics a sentence speaks of."""
