"""What comparisons and charges share: figures that parties may query before a body decides."""
