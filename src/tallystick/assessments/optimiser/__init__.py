"""Where the money of a plan is best spent: techniques chosen so that the least exposure is left."""
