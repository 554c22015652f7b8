"""What moderators do: the order of their queue, decisions, disputes, and what is erased afterwards."""
