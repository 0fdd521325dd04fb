"""Motions put to a body, the ballots cast on them, and what came of them by the code's own scheme."""
