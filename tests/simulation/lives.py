"""Years lived for tests: one that stays for a while, and ones that leave nothing behind."""

from pathlib import Path

from django.db import transaction

from tests.simulation.year import Size, Year

TINY = Size(4, 32)


def lived(seed: object, size: Size, folder: Path, *, crashes: bool = True) -> Year:
    home = folder / f"{seed}-{crashes}"
    home.mkdir(parents=True)
    return Year(seed, size, home, crashes=crashes).live()


def forgotten(seed: object, size: Size, folder: Path, *, crashes: bool = True) -> tuple[str, list[str]]:
    """Live a year that leaves nothing behind; return the root of its journal, and what was wrong in it."""
    with transaction.atomic():
        year = lived(seed, size, folder, crashes=crashes)
        root = year.root
        transaction.set_rollback(True)
    return root, year.desk.wrong


def told(year: Year) -> str:
    """Return how often each thing happened in a year."""
    done = ", ".join(f"{many:,} {what}" for what, many in sorted(year.desk.counts.items()))
    return (
        f"a year of {year.size.parties} parties and {year.size.days} days by the seed {year.seed}, "
        f"{year.desk.entries:,} entries, root {year.root[:16]}: {done}"
    )
