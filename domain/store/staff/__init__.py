"""Those who work here and those who speak for lenders: accounts, keys, sessions, slowed guessing."""
