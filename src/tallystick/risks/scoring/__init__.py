"""The arithmetic of scores, by kind of method: what goes in and what comes out, without rows."""
