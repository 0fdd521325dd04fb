"""How a sample is drawn, and what it tells of all that it was drawn from."""
