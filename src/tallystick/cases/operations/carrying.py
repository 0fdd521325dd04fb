"""A step carries out what a body decided: that is found by its reference, and written down with the step."""

from tallystick.cases.decided import Decided, undone
from tallystick.cases.models import CarriedOut, Case
from tallystick.decisions.models import Motion
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import may
from tallystick.processes.models import Step


class UnableToTakeStep(Exception):
    """The move has an act of its own, or carries out no decision of its body that waits to be."""


def decided_so(case: Case, body: str, reference: str, by: Acting) -> Decided:
    """Return what a body decided, by its reference: about the party, since the case is before it, and once.

    :raises UnableToTakeStep: if nothing of that name was decided so, or somebody acts for another body
    """
    name = body.upper()
    if by.name == Role.CHAIR and (by.body is None or by.body.key.lower() != body):
        raise UnableToTakeStep(f"It carries out a decision of the {name}, which is for its own chair.")
    if not reference.strip():
        raise UnableToTakeStep(f"Say which motion or decision of the {name} it carries out.")
    found = [one for one in undone(case, body) if one.reference == reference.strip()]
    if not found or not may(by, "r", found[0]):
        raise UnableToTakeStep(
            f"No decision {reference.strip()[:20]!r} of the {name} waits to be carried out here: it has to "
            "be about the party, taken since the case is before the body, and not carried out yet."
        )
    return found[0]


def carry_out(case: Case, step: Step, decided: Decided) -> None:
    """Write down which decision a step carried out."""
    row = CarriedOut(case=case, step=step)
    if isinstance(decided, Motion):
        row.motion = decided
    else:
        row.decision = decided
    row.save(force_insert=True)
