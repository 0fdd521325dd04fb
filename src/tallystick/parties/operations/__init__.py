"""What may be done with organisations, bodies and people. Each act writes one entry in the journal."""
