"""What one room's page shows of rooms above it, which it does not know: links, remarks, notes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tallystick.cases import beside as of_cases
from tallystick.challenges import beside as of_challenges
from tallystick.derogations import beside as of_derogations
from tallystick.parties.acting import Acting

Panel = Callable[[Acting, Any], Sequence[of_cases.Door]]
PANELS: Mapping[str, Sequence[Panel]] = {
    "finding": (of_cases.of_finding, of_challenges.of_finding),
    "clause": (of_cases.of_clause,),
    "obligation": (of_cases.of_obligation,),
}
Remarking = Callable[[Acting, Any], Sequence[of_cases.Remark]]
REMARKS: Mapping[str, Sequence[Remarking]] = {"case": (of_challenges.of_case,)}

Noting = Callable[[Acting, Any], Sequence[of_derogations.Note]]
# By what stands on the page: a finding, a measure in a month, a month, a party's own figure, an obligation.
NOTES: Mapping[str, Sequence[Noting]] = {
    "finding": (of_derogations.of_finding,),
    "measure": (of_derogations.of_measure,),
    "month": (of_derogations.of_month,),
    "own": (of_derogations.of_own,),
    "obligation": (of_derogations.of_obligation,),
    "opening": (of_derogations.of_opening,),
}


def doors(acting: Acting, kind: str, row: Any) -> list[of_cases.Door]:
    """Return the links that other rooms have for a record of a kind, as far as somebody may follow them."""
    return [door for panel in PANELS.get(kind, ()) for door in panel(acting, row)]


def remarks(acting: Acting, kind: str, row: Any) -> list[of_cases.Remark]:
    """Return what other rooms say of a record of a kind to whoever is acting."""
    return [one for told in REMARKS.get(kind, ()) for one in told(acting, row)]


def noted(acting: Acting, kind: str, row: Any) -> list[of_derogations.Note]:
    """Return what other rooms have to say beside something that is shown, as far as somebody may read it."""
    return [one for noting in NOTES.get(kind, ()) for one in noting(acting, row)]
