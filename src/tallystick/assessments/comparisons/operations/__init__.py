"""Acts on comparisons."""
