"""Private data in texts in Latin letters."""
