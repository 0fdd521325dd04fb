"""What one room's page shows of rooms above it, which it does not know: links, registered here by kind."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tallystick.cases import beside as of_cases
from tallystick.parties.acting import Acting

Panel = Callable[[Acting, Any], Sequence[of_cases.Door]]
PANELS: Mapping[str, Sequence[Panel]] = {
    "finding": (of_cases.of_finding,),
    "clause": (of_cases.of_clause,),
    "obligation": (of_cases.of_obligation,),
}


def doors(acting: Acting, kind: str, row: Any) -> list[of_cases.Door]:
    """Return the links that other rooms have for a record of a kind, as far as somebody may follow them."""
    return [door for panel in PANELS.get(kind, ()) for door in panel(acting, row)]
