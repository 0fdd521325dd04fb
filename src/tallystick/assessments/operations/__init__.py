"""Acts of assurance: each changes rows and writes one entry in the journal."""
