"""The acts on derogations and forbearance: each changes rows in one transaction and writes one entry."""
