"""A derogation that was granted to the party of a case until the work of its remedy is done."""

import datetime as dt

from django.db import transaction

from tallystick.decisions.operations import records
from tallystick.derogations.models import Derogation
from tallystick.derogations.operations.drafting import draft_derogation
from tallystick.derogations.operations.granting import Granting, grant_derogation
from tallystick.derogations.operations.moving import submit_derogation, take_derogation_step
from tallystick.parties.models import Body
from tallystick.processes.guards import PREDICATES
from tallystick.processes.operations.courses import Taken, take_step
from tests.cases.cast import BEGAN, CODE, at, key, on
from tests.cases.promised import Asked
from tests.derogations.cast import UNTIL, asked, fresh

GRANTED = dt.date(2021, 9, 29)


def granted_until_done(made: Asked, *, waits: bool = True) -> Derogation:
    """File a remedy and accept it; ask for leave until it is done, and let the PAB grant that."""
    remedy = made.file()
    made.accept(remedy)
    party, jo, sam, ada = made.case.party, *(on(one, GRANTED) for one in (made.jo, made.sam, made.ada))
    pab = Body.objects.create(code=CODE, key="PAB", name="The PAB", from_on=BEGAN)
    drafted = asked(party, case=made.case, remedy=remedy if waits else None)
    row = draft_derogation(drafted=drafted, by=ada, at=at(GRANTED))
    submit_derogation(derogation=row, key=key(), by=ada, at=at(GRANTED, 10))
    taken = Taken("assess", key(), {"impact": "412 homes"})
    take_derogation_step(derogation=row, taken=taken, by=jo, at=at(GRANTED, 11))
    said = records.Taken("APPROVED", "Leave", "So decided.", pab, GRANTED, key(), party=party)
    decision = records.record_decision(taken=said, by=sam, at=at(GRANTED, 12))
    granting = Granting("Report.", decision.reference, key(), UNTIL)
    grant_derogation(derogation=row, granting=granting, by=sam, at=at(GRANTED, 13))
    return fresh(row)


def finish(made: Asked, day: dt.date) -> None:
    """Let the remedy of the case have done what it promised."""
    facts = {"today": day, "milestones_open": 0, "criterion_met": True}
    course = made.case.remedies.get().course
    with transaction.atomic():
        take_step(course, Taken("finish", key()), facts, PREDICATES, by=on(made.jo, day), at=at(day))


def close(made: Asked, day: dt.date) -> None:
    """Let the case be closed."""
    made.case.closed_at = at(day)
    made.case.save(update_fields=["closed_at"])
