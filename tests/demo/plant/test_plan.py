from pathlib import Path

from tallystick.demo.plant.book import Book
from tallystick.demo.plant.plan import Plan
from tallystick.demo.plant.post import Post
from tallystick.demo.plant.scales import KNOWN_ON, MONTHS, SCALES


def plan(folder: Path, seed: int) -> Plan:
    book, scale = Book(KNOWN_ON, MONTHS), SCALES["small"]
    return Plan(seed, scale, book, book, Post(folder, scale))


class TestChance:
    def test_depends_on_the_seed_and_the_words(self, tmp_path: Path) -> None:
        first, second = plan(tmp_path, 1), plan(tmp_path, 2)

        numbers = {
            first.chance("alerts").random(),
            first.chance("hubs").random(),
            second.chance("alerts").random(),
        }

        assert len(numbers) == 3
        assert first.chance("alerts").random() in numbers
