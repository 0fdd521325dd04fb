"""Doors of charges."""
