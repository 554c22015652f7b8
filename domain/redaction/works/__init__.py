"""Employers and schools that tell who somebody is."""
