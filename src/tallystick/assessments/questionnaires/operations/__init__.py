"""Acts on questionnaires and on what parties answer."""
