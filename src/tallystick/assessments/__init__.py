"""What a code does to be assured: the plan of a year, techniques applied, and what came of them."""
