"""Acts on drafts of a plan, on the documents of a year, and on what parties say of them."""
