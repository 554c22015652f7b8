"""Names, addresses and works as whole noun phrases, told by a small network over characters."""
