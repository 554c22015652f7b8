"""Copies of an installation: the store as it was at one instant, evidence and keys, in one file; and the way back."""
