"""The crawler's sources: seen, added, changed, tried."""
