"""The doors of derogations and of forbearance."""
