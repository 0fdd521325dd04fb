"""The rules of the codes that this installation serves, read once from their folders."""

from functools import cache
from pathlib import Path

from django.conf import settings

from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook


class UnableToFind(Exception):
    """The installation serves no such code, its rules have problems, or the code has no such stream."""


def rulebook_of(code: str) -> Rulebook:
    """Return the rules of a code, read once.

    :raises UnableToFind: if the installation does not serve it, or its rules cannot be read whole
    """
    if code not in settings.CODES:
        raise UnableToFind(f"No code {code[:40]!r} is served here.")
    return _loaded(settings.RULEBOOKS / code)


@cache
def _loaded(folder: Path) -> Rulebook:
    loaded = load(folder)
    if loaded.rulebook is None:
        raise UnableToFind("\n".join(str(problem) for problem in loaded.problems))
    return loaded.rulebook
