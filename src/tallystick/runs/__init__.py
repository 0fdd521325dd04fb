"""Submissions received, runs made, figures and findings landed: where tables become rows."""
