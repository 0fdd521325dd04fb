"""A step carries out what a body decided: that is found by its reference, and written down with the step."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from tallystick.decisions.models import Decision, Motion
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import may
from tallystick.processes.carriers import carrier_of
from tallystick.processes.decided import Decided, stayed_by, undone
from tallystick.processes.models import CarriedOut, Course, Step
from tallystick.processes.queries import process_of


class UnableToTakeStep(Exception):
    """The move has an act of its own, or carries out no decision of its body that waits to be."""


def decided_so(
    course: Course, move: str, reference: str, since: dt.datetime | None, by: Acting
) -> Decided | None:
    """Return what the body of a move decided, by its reference; None for a move that carries out nothing.

    It is locked before it is looked at: what challenges it waits until this transaction ends, or came before.

    :param since: the moment from which on the matter is before the body, None where it is before none
    :raises UnableToTakeStep: if nothing of that name was decided so, or somebody acts for another body
    """
    rule = process_of(course).moves.get(move)
    if rule is None or rule.body is None:
        if reference and rule is not None:
            raise UnableToTakeStep("This step carries out no body's decision. Leave the reference out.")
        return None
    name = rule.body.upper()
    if by.name == Role.CHAIR and (by.body is None or by.body.key.lower() != rule.body):
        raise UnableToTakeStep(f"It carries out a decision of the {name}, which is for its own chair.")
    if not reference.strip():
        raise UnableToTakeStep(f"Say which motion or decision of the {name} it carries out.")
    named = [one for one in _locked(reference.strip(), course) if may(by, "r", one)]
    waiting = [] if since is None else undone(course, rule.body, since, rule.outcome)
    found = [one for one in waiting if one.reference == reference.strip()]
    if not found or not may(by, "r", found[0]):
        challenge = stayed_by(course.code, reference.strip()) if named else None
        if challenge is not None:
            raise UnableToTakeStep(f"{challenge} challenges {reference.strip()}, which nobody carries out.")
        lets = "" if rule.outcome == "agreed" else " that did not let what was asked"
        raise UnableToTakeStep(
            f"No decision {reference.strip()[:20]!r} of the {name}{lets} waits to be carried out here: it "
            "has to be about the party, taken since the matter is before the body, and not carried out yet."
        )
    return found[0]


def as_decided(course: Course, move: str) -> dict[str, str]:
    """Return what is known of a matter once `decided_so` found what a step carries out."""
    rule = process_of(course).moves[move]
    return {"decided_by" if rule.outcome == "agreed" else "rejected_by": rule.body or ""}


def carry_out(step: Step, decided: Decided) -> None:
    """Write down which decision a step carried out."""
    row = CarriedOut(course=step.course, step=step)
    if isinstance(decided, Motion):
        row.motion = decided
    else:
        row.decision = decided
    row.save(force_insert=True)


def carried_out(decided: Decided) -> QuerySet[CarriedOut]:
    """Return where a decision was carried out, in every matter, the first first."""
    what = {"motion" if isinstance(decided, Motion) else "decision": decided}
    return CarriedOut.objects.filter(**what).select_related("step", "course").order_by("pk")


def lock_decided(decided: Decided) -> None:
    """Lock what was decided, with every matter that carried it out: these come first, as in their own acts.

    Where one more carries it out meanwhile, all begins anew: nobody holds a decision and waits for a matter.
    """
    while True:
        before = transaction.savepoint()
        known = _courses(decided)
        for one in known:
            carrier = carrier_of(one)
            if carrier is not None:
                carrier.locked(carrier.matter_of(one))
        type(decided).objects.select_for_update(of=("self",)).get(pk=decided.pk)
        if _courses(decided) == known:
            transaction.savepoint_commit(before)
            return
        transaction.savepoint_rollback(before)


def set_back(decided: Decided, changed_by: str, by: Acting, at: dt.datetime) -> list[Step]:
    """Let every matter go back to where it stood before it carried out what is changed now.

    :param decided: locked by `lock_decided`
    :param changed_by: the reference of the challenge
    """
    back = []
    for one in carried_out(decided):
        carrier = carrier_of(one.course)
        if carrier is not None:
            back.append(carrier.set_back(step=one.step, changed_by=changed_by, by=by, at=at))
    return [one for one in back if one is not None]


def _courses(decided: Decided) -> list[Course]:
    return sorted((one.course for one in carried_out(decided)), key=lambda one: one.pk)


def _locked(reference: str, course: Course) -> list[Decided]:
    """Return the motion or the decision about the party of a matter that has the reference, locked."""
    of = Q(code=course.code, reference=reference, party=course.party_id)
    found: list[Decided] = []
    for model in (Motion, Decision):
        found += model.objects.select_for_update(of=("self",)).filter(of)
    return found
