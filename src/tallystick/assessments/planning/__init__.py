"""The plan of a year: what is asked of the optimiser, what it answers, and how that is shown."""
