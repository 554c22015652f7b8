"""Records read again: written where the reader now makes something else of them."""
