"""A derogation is drafted: by the party for itself, or by the office where it came on paper."""

import datetime as dt

from django.db import transaction

from tallystick.decisions.marks import class_of
from tallystick.decisions.models import new_reference
from tallystick.decisions.operations.entries import written_once
from tallystick.decisions.worded import named, worded
from tallystick.derogations.drafts import Drafted, UnableToDraftDerogation, check
from tallystick.derogations.models import Derogation
from tallystick.derogations.operations.entries import day, enter
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.operations.courses import begin_course

MOST_CLAUSES = 200
OF_A_FORM = (
    *("party_id", "obligation", "clause", "scope", "measure", "level", "from_on", "until_on", "conditions"),
    *("justification", "control", "case_id", "remedy_id"),
)


@transaction.atomic
@unscoped(BY_AN_ACT)
def draft_derogation(*, drafted: Drafted, by: Acting, at: dt.datetime) -> Derogation:
    """Draft a derogation, which goes nowhere before its party submits it. Sent again it drafts no other.

    :raises UnableToDraftDerogation: if something is not said or cannot be, or it is another party's to ask
    """
    _check_right(drafted, by)
    there = _drafted_before(drafted, by)
    if there is not None:
        return there
    check(drafted, by.code, by.day)
    before = transaction.savepoint()
    course = begin_course(_row(drafted, by, at), "derogation", on=by.day, at=at)

    def fresh() -> Derogation:
        row = _row(drafted, by, at)
        row.course_id, row.reference = course.pk, new_reference("DER", by.day.year)
        return row

    made, is_new = written_once(fresh, lambda: _drafted_before(drafted, by))
    if not is_new:
        transaction.savepoint_rollback(before)
        return made
    until = f"until {day(made.until_on)}"
    said = f"drafted {made.reference}, a derogation of {made.party.name} from {made.obligation} {until}"
    told = {"obligation": made.obligation, "clause": made.clause, "measure": made.measure}
    told |= {"level": str(made.level or ""), "until_on": made.until_on.isoformat()}
    places = named(*worded(made, "scope", "conditions", "justification", "control"))
    enter("draft_derogation", made, by, at, said, {**told, **places})
    return made


def _check_right(drafted: Drafted, by: Acting) -> None:
    if by.person is None:
        raise UnableToDraftDerogation("A derogation is asked for by somebody. Sign in.")
    is_own = by.name == Role.PARTY_DELEGATE and by.organisation == drafted.party
    if not is_own and by.name not in Role.OFFICE:
        raise UnableToDraftDerogation("A party asks for itself; the office writes down what came on paper.")


def _drafted_before(drafted: Drafted, by: Acting) -> Derogation | None:
    """Return the derogation that the form drafted before.

    :raises UnableToDraftDerogation: if the form said something else then
    """
    there: Derogation | None = Derogation.objects.filter(drafted_by=by.person, key=drafted.key).first()
    if there is None:
        return None
    again = _row(drafted, by, there.drafted_at)
    if any(getattr(again, name) != getattr(there, name) for name in OF_A_FORM):
        raise UnableToDraftDerogation(
            f"This form drafted {there.reference} before, which stays as it is. Open the page again."
        )
    return there


def _row(drafted: Drafted, by: Acting, at: dt.datetime) -> Derogation:
    rulebook = rulebook_of(by.code)
    owed = rulebook.obligations.get(drafted.obligation)
    return Derogation(
        code=by.code,
        # It is handled as a case is: it tells what a party cannot do.
        classification=class_of(rulebook, "case", by.day, drafted.party),
        party=drafted.party,
        obligation=drafted.obligation,
        clause=drafted.clause or (", ".join(owed.clause)[:MOST_CLAUSES] if owed else ""),
        scope=drafted.scope.strip(),
        measure=drafted.measure,
        level=drafted.level,
        from_on=drafted.from_on,
        until_on=drafted.until_on,
        conditions=drafted.conditions.strip(),
        justification=drafted.justification.strip(),
        control=drafted.control.strip(),
        case=drafted.case,
        remedy=drafted.remedy,
        drafted_by=by.person,
        drafted_at=at,
        by_office=by.name in Role.OFFICE,
        key=drafted.key,
    )
