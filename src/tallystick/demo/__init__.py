"""A made-up year of the SEC, with the truth about what was planted in it."""
