"""Trends, charts, exports and bulk files."""
