"""What may be done to a course: it begins, steps are taken, clocks pass, and holds come and go."""
