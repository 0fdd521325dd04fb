"""Leave of the landed world's first party that covers its July, and forecasts that nobody is pursued for."""

import datetime as dt
from decimal import Decimal

from django.db.models import QuerySet

from tallystick.decisions.operations.records import Taken as Recorded
from tallystick.decisions.operations.records import record_decision
from tallystick.derogations.drafts import Drafted
from tallystick.derogations.models import Derogation, Forbearance, Term
from tallystick.derogations.operations.drafting import draft_derogation
from tallystick.derogations.operations.forbearing import (
    Proposal,
    propose_forbearance,
    take_forbearance_step,
)
from tallystick.derogations.operations.granting import Granting, grant_derogation
from tallystick.derogations.operations.moving import submit_derogation, take_derogation_step
from tallystick.parties.models import Body
from tallystick.processes.operations.courses import Taken
from tests.decisions.kept import unguarded
from tests.site import people
from tests.site.landed import ALFA, NOW, TODAY, Landed

UNTIL = dt.date(2022, 3, 31)
JULY = dt.date(2021, 7, 1)
MEASURE, OBLIGATION = "AREA-A", "OBL-AREA-A"


def grant_leave(world: Landed) -> Derogation:
    """Grant ALFA leave, as if it had been so since July."""
    ada, jo, sam, board = world.acting("ada"), world.acting("jo"), world.acting("sam"), world.body
    assert board is not None
    drafted = Drafted(
        party=world.parties[ALFA],
        obligation=OBLIGATION,
        scope="Devices of the north",
        from_on=JULY,
        until_on=UNTIL,
        justification="Firmware is late.",
        control="Each is read by hand.",
        key="leave",
        measure=MEASURE,
        level=Decimal(1),
    )
    row = draft_derogation(drafted=drafted, by=ada, at=NOW)
    submit_derogation(derogation=row, key="submit", by=ada, at=NOW)
    assessed = Taken("assess", "assess", {"impact": "Few homes."})
    take_derogation_step(derogation=row, taken=assessed, by=jo, at=NOW)
    said = Recorded("APPROVED", "Leave", "So decided.", board, TODAY, "leave-decided", party=row.party)
    decision = record_decision(taken=said, by=sam, at=NOW)
    granting = Granting("Report.", decision.reference, "grant", UNTIL)
    grant_derogation(derogation=row, granting=granting, by=sam, at=NOW)
    with unguarded():
        QuerySet(Term).filter(derogation=row).update(from_on=JULY)
    return row


def forbear(world: Landed) -> Forbearance:
    """Let nobody be pursued for forecasts of service requests."""
    sam = world.acting("sam")
    panel = Body.objects.create(code="sec", key="PANEL", name="The Panel", from_on=people.BEGAN)
    proposal = Proposal("FCT-SR", "They are far off for everybody.", "propose")
    row = propose_forbearance(proposal=proposal, by=world.acting("jo"), at=NOW)
    said = Recorded("AGREED", "Forecasts", "So decided.", panel, TODAY, "forecasts-decided")
    decision = record_decision(taken=said, by=sam, at=NOW)
    taken = Taken("decide", "decide", {"reasons": "Agreed."}, {"review": UNTIL})
    take_forbearance_step(forbearance=row, taken=taken, by=sam, at=NOW, decision=decision.reference)
    return row
