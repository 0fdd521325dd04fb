"""The acts on risks: each changes what it says, and writes one entry."""
