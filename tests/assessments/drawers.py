"""A second way to reckon what a sample misses, and to try an interval, that shares no code with the first."""

import random
from fractions import Fraction


def chance_of_missing(population: int, failing: int, taken: int, accepted: int) -> Fraction:
    """Return the chance of at most so many failures, drawing one after the other without putting back."""
    chances = {0: Fraction(1)}
    for drawn in range(taken):
        after: dict[int, Fraction] = {}
        for found, chance in chances.items():
            left = failing - found
            hit = Fraction(left, population - drawn)
            after[found + 1] = after.get(found + 1, Fraction(0)) + chance * hit
            after[found] = after.get(found, Fraction(0)) + chance * (1 - hit)
        chances = after
    return sum((chance for found, chance in chances.items() if found <= accepted), Fraction(0))


def failures(seed: int, rate: float, of: int, times: int) -> list[int]:
    """Return how many of so many fail at a rate, tried so many times."""
    dice = random.Random(seed)  # noqa: S311 - a simulation, and no secret
    return [sum(dice.random() < rate for _ in range(of)) for _ in range(times)]
