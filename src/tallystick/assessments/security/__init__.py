"""The security of parties: what the body that assures it sets and records. All of it is Red."""
