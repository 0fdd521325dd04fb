"""The doors of challenges and disputes."""
