"""Runs and figures by party, as landing leaves them and as a month comes to them."""

import datetime as dt

from tallystick.month.assessment import Figure as Counted
from tallystick.parties.models import Organisation
from tallystick.runs.models import Figure, Run


def figure(measure: str, numerator: int, denominator: int, into: str = "", **group: str) -> Counted:
    return Counted(
        measure,
        title=measure,
        kind="matches",
        provider=None,
        clause=(),
        obligation="OBL-AREA-B",
        group=group,
        period="2021-07",
        numerator=numerator,
        denominator=denominator,
        share=None,
        target=None,
        minimum=None,
        state="met",
        into=into or None,
    )


def landed(at: dt.datetime) -> Run:
    """Return a run of July that landed then, without figures."""
    run = Run(
        code="sec",
        classification="white",
        publicity="issued",
        reference=f"RUN-{at.date()}",
        period="2021-07",
        known_on=at.date(),
        asked_at=at,
        ended_at=at,
        state=Run.LANDED,
        edition="e",
        snapshot="s",
    )
    run.save()
    return run


def keep(
    run: Run, name: str, party: Organisation | None, classification: str, sides: tuple[int, int]
) -> None:
    """Save a figure of a run: of the party of that name, or of the whole where there is no name."""
    Figure(
        code="sec",
        classification=classification,
        publicity="issued",
        party=party,
        run=run,
        place=run.figures.count(),
        period="2021-07",
        measure="AREA-B",
        kind="matches",
        group={"party": name} if name else {},
        group_key=f"party={name}" if name else "",
        numerator=sides[0],
        denominator=sides[1],
        state="met",
        told={},
    ).save()
