"""Acts on exercises and on what is learnt of them."""
