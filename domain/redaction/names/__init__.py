"""Names of persons in Chinese texts."""
