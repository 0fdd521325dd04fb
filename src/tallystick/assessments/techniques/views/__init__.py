"""Doors of the catalogue, of what is applied of it, and of the parts of parties."""
