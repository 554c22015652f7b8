"""What moderators and representatives read and decide."""
