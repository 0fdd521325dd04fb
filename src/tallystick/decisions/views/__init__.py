"""The doors of motions, votes and decisions: whoever comes in is let through here, and nowhere below."""
