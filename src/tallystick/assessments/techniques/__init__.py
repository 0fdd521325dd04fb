"""Techniques of the catalogue, and what is applied of them: an application has a part for each party."""
