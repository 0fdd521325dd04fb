"""How a name that nothing carries is told to the one who wrote it."""

from collections.abc import Iterable
from typing import Any

from tallystick.rulebook.drafts import Draft
from tallystick.rulebook.problems import Problem, nearest

MOST_NAMED = 12


def unknown(
    draft: Draft[Any],
    path: tuple[str | int, ...],
    noun: str,
    name: str,
    known: Iterable[str],
    *,
    fixed: bool = False,
) -> Problem:
    """Return the problem of naming what the rulebook does not have; no text can add to what is `fixed`."""
    names = sorted(known)
    listed = ", ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
    if fixed:
        remedy = f"Use one of {', '.join(names)}."
    else:
        remedy = f"Use one of {listed}, or add the {noun}." if names else f"Add the {noun}."
    return draft.text.problem(path, f"no {noun} is called {name!r}", remedy, nearest(name, names))


def known_by(drafts: Iterable[Draft[Any]]) -> dict[str, Any]:
    """Return the definitions that could be read, by key."""
    return {draft.name: draft.definition for draft in drafts if draft.definition is not None}
