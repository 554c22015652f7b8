"""Searching: parameters, results, suggestions."""
