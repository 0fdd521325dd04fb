"""The acts on cases: each changes rows within one transaction and writes one entry."""
