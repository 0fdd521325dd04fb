"""Leave not to comply for a time, which one party has, and forbearance, by which nobody is pursued."""
