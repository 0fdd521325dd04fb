"""The doors of cases: whoever comes in is let through here, and nowhere below."""
