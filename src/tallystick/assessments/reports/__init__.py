"""The account of techniques: what came of each in a quarter or a year, what it cost and what changed."""
