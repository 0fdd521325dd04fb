"""Doors of questionnaires and of what parties answer."""
