"""One month of one code: assembled, explained, drawn."""
