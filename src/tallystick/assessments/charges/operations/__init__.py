"""Acts on charges."""
