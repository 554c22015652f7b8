"""What a borrower does: drafts, filing, coming back with the receipt; and the reading of what was filed."""
