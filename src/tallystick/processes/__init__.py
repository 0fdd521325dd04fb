"""How matters go their way: one engine for every process that a code states, and the rows of each course."""
