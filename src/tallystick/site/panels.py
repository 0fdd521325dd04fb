"""What one room's page shows of rooms above it, which it does not know: links and words, here by kind."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tallystick.cases import beside as of_cases
from tallystick.challenges import beside as of_challenges
from tallystick.parties.acting import Acting

Panel = Callable[[Acting, Any], Sequence[of_cases.Door]]
PANELS: Mapping[str, Sequence[Panel]] = {
    "finding": (of_cases.of_finding, of_challenges.of_finding),
    "clause": (of_cases.of_clause,),
    "obligation": (of_cases.of_obligation,),
}
Notes = Callable[[Acting, Any], Sequence[of_cases.Remark]]
NOTES: Mapping[str, Sequence[Notes]] = {"case": (of_challenges.of_case,)}


def doors(acting: Acting, kind: str, row: Any) -> list[of_cases.Door]:
    """Return the links that other rooms have for a record of a kind, as far as somebody may follow them."""
    return [door for panel in PANELS.get(kind, ()) for door in panel(acting, row)]


def remarks(acting: Acting, kind: str, row: Any) -> list[of_cases.Remark]:
    """Return what other rooms say of a record of a kind to whoever is acting."""
    return [one for told in NOTES.get(kind, ()) for one in told(acting, row)]
