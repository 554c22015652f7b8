"""What moderators do: the queue, decisions, edits; disputes, replies and the log of removals."""
