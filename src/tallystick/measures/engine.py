"""Which engine made a number: the release, and the source of the rooms that compute."""

import hashlib
from functools import cache
from pathlib import Path

from tallystick import __version__

ROOMS = ("rulebook", "evidence", "measures", "findings")


@cache
def engine() -> str:
    """Return the release and a short hash of the computing rooms: two numbers made alike say so."""
    house = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for room in ROOMS:
        for file in sorted((house / room).rglob("*.py")):
            digest.update(file.relative_to(house).as_posix().encode())
            digest.update(file.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:8]}"
