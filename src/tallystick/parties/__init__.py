"""Organisations, bodies and people; who may see and do what, and in which capacity."""
