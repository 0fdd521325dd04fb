"""A finding followed to its remedy: notice, reply, remedy, ladder, and what was decided."""
