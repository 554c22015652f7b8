"""Draws private data of nobody, to learn from and to test with: names, numbers in every disguise, works."""
