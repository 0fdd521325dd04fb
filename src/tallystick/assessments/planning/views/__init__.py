"""Doors of the plan of a year and of its documents."""
