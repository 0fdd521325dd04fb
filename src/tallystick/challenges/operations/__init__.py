"""The acts on challenges and disputes: each changes rows within one transaction and writes one entry."""
