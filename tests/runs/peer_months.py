"""How made-up months come about: sizes even or skewed, shares alike or apart, files that come late."""

import datetime as dt
import random

DAY = dt.date(2021, 9, 28)
Sides = tuple[int, int]


def sizes(chance: random.Random, count: int) -> list[int]:
    """Return how many events each owner has: even, skewed, tiny among large, or one that dwarfs the rest."""
    style = chance.choice(("even", "skewed", "tiny", "giant"))
    if style == "even":
        return [chance.randint(150, 400) for _ in range(count)]
    if style == "skewed":
        return [max(1, int(chance.lognormvariate(5, 1.5))) for _ in range(count)]
    if style == "tiny":
        return [chance.choice((chance.randint(1, 14), chance.randint(200, 900))) for _ in range(count)]
    return [chance.randint(800, 9000), *(chance.randint(5, 200) for _ in range(count - 1))]


def version(chance: random.Random, owners: list[str]) -> dict[str, Sides]:
    low, high = chance.choice(((0.95, 1.0), (0.9, 0.99), (0.0, 1.0), (1.0, 1.0), (0.0, 0.02), (0.97, 0.99)))
    return {
        owner: (round(size * chance.uniform(low, high)), size)
        for owner, size in zip(owners, sizes(chance, len(owners)), strict=True)
    }


def month(chance: random.Random, owners: list[str]) -> list[dict[str, Sides]]:
    """Return a month's versions: one, or more where files came late, were sent again, or were taken back."""
    last = version(chance, owners)
    versions = [last]
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        changed = chance.sample(owners, chance.choice((1, 1, 2, len(owners) // 2, len(owners))) or 1)
        fresh, style = version(chance, owners), chance.choice(("late", "again", "slightly"))
        before = {one: sides for one, sides in versions[0].items() if style != "late" or one not in changed}
        for one in changed:
            if style == "again":
                before[one] = fresh[one]
            if style == "slightly":
                numerator, denominator = versions[0].get(one, (0, 0))
                more = chance.randint(1, 4)
                before[one] = numerator, denominator + more
        if before:
            versions.insert(0, before)
    return versions
