"""Evidence to whole numbers: one file for each kind of measure."""
