"""Who speaks in a text, and whether it is about how lenders collect."""
