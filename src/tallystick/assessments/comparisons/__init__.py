"""How parties compare, as far as it may be shown, and the way of a comparison to its publication."""
