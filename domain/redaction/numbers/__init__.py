"""Numbers that belong to somebody: of papers, cards, telephones and accounts, however they are written."""
