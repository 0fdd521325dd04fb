"""A decision is queried and appealed, and a figure disputed: in time, before others, to an end."""
