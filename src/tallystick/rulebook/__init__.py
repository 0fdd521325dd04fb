"""The code's clauses, obligations, measures and dated values, read from text."""
