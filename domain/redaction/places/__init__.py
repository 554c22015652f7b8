"""Addresses of persons, down to the street or the door."""
