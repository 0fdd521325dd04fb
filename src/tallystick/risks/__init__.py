"""What may go wrong under a code, how likely and how bad: the register of risks, and how they are scored."""
