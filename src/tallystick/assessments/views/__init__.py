"""Doors of assurance."""
