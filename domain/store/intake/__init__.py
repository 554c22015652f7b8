"""What borrowers send: complaints, receipts, letters, files, and the messages that collectors sent them."""
