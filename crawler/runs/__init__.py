"""One run of the crawler: what starts it, what its spiders share, its pace, and what it counts and notes."""
