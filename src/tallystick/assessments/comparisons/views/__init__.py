"""Doors of comparisons."""
