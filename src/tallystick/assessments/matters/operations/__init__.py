"""Acts on comparisons and on charges alike."""
