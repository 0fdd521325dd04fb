"""What was sent: taken in safely, checked row by row, kept as columns that never change."""
