"""What is published: lenders, tactics, records, and what is said against them."""
