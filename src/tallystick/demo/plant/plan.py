"""What every planter is handed: the scale, the seed, the account that is kept and the post."""

import random
from dataclasses import dataclass

from tallystick.demo.plant.book import Book
from tallystick.demo.plant.chance import chance
from tallystick.demo.plant.post import Post
from tallystick.demo.plant.scales import Scale


@dataclass(frozen=True)
class Plan:
    """`early` is the account of firmware as it was known before a file was restated."""

    seed: int
    scale: Scale
    book: Book
    early: Book
    post: Post

    def chance(self, *words: object) -> random.Random:
        """Return numbers of this seed, for these words."""
        return chance(self.seed, *words)
