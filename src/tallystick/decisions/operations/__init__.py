"""What may be done with motions, votes and decisions. Each act writes one entry in the journal."""
