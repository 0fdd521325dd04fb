"""Acts on techniques, on what is applied of them and on the parts of parties."""
