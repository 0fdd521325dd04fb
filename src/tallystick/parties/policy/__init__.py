"""One file says who may do what; check, list, mask and route are all drawn from it."""
