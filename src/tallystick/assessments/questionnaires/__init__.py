"""Questionnaires: questions worded in versions, what parties answer, and what the answers say together."""
