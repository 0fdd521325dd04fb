"""Exercises: a scenario that parties play, asked or as volunteers, and what is learnt of it."""
