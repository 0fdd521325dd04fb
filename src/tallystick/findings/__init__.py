"""Measures against levels: grades, runs, variation, exception lines and findings."""
