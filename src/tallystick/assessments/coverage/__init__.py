"""What assurance leaves open."""
